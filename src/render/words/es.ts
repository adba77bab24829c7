// Spanish. The same keys as in English; log text, names of settings and of channels are never translated.

import { type Part, say, strong } from "../parts.ts";
import type { Words } from "./en.ts";

const count = (n: number, shown: string, one: string, many: string) => `${shown} ${n === 1 ? one : many}`;

export const es: Words = {
  language: "es",
  // Real Academia Española, Ortografía: a blank between groups, none in numbers of four digits, a decimal comma.
  digits: { group: "\u00a0", groupFrom: 5, point: "," },
  title: "Tablas de seguimiento de conexiones llenas",
  unknown: "desconocido",
  none: "ninguno",
  dash: "-",

  // How many
  exactly: (n: string) => `exactamente ${n}`,
  atLeast: (n: string) => `al menos ${n}`,
  between: (low: string, high: string) => `entre ${low} y ${high}`,
  shortAtLeast: (n: string) => `${n} o más`,
  shortBetween: (low: string, high: string) => `${low} a ${high}`,
  packets: (n: number, shown: string) => count(n, shown, "paquete", "paquetes"),
  bursts: (n: number, shown: string) => count(n, shown, "ráfaga", "ráfagas"),
  hosts: (n: number, shown: string) => count(n, shown, "máquina", "máquinas"),
  sources: (n: number, shown: string) => count(n, shown, "fuente", "fuentes"),
  dropLines: (n: number, shown: string) => count(n, shown, "línea de descarte", "líneas de descarte"),
  lines: (n: number, shown: string) => count(n, shown, "línea", "líneas"),
  seconds: (shown: string) => `${shown} s`,

  // The answer: when
  namelessHost: "Una máquina que ningún registro nombra",
  whenOne: (host: string, start: string, end: string) =>
    say`${strong(host)} descartó paquetes desde ${strong(start)} hasta ${strong(end)}.`,
  whenOneAt: (host: string, at: string) => say`${strong(host)} descartó paquetes en ${strong(at)}.`,
  whenMany: (host: string, bursts: string, start: string, end: string) =>
    say`${strong(host)} descartó paquetes en ${strong(bursts)} entre ${strong(start)} y ${strong(end)}.`,
  whenHosts: (dropping: string, all: string, bursts: string, start: string, end: string) =>
    say`${strong(`${dropping} de ${all} máquinas`)} descartaron paquetes, en ${strong(bursts)} entre ${strong(start)} y ${strong(end)}.`,
  whenUndated: (who: string, bursts: string) =>
    say`Paquetes descartados en ${strong(who)}: ${strong(bursts)} sin fecha, pues nada en los registros la da.`,
  alsoUndated: (bursts: string) =>
    say` Además, no se pudo fechar ${bursts}, y pueden ser los mismos paquetes.`,
  worstHost: (host: string, reported: string, bounds: string) =>
    say` La más afectada es ${strong(host)}: ${reported} según los avisos, ${bounds}.`,

  // The answer: how many
  manyExact: (n: number, packets: string) =>
    say`${n === 1 ? "Se descartó" : "Se descartaron"} ${strong(`exactamente ${packets}`)}: cada uno tiene su línea.`,
  manyRange: (n: number, least: string, most: string) =>
    say`${n === 1 ? "Se descartó" : "Se descartaron"} ${strong(`al menos ${least}`)} (cada uno tiene su línea en el registro) y ${strong(`como máximo ${most}`)}.`,
  manyOpen: (n: number, least: string, reported: string) =>
    say`${n === 1 ? "Se descartó" : "Se descartaron"} ${strong(`al menos ${least}`)} (cada uno tiene su línea en el registro); los avisos del núcleo sobre líneas retenidas elevan la cifra a ${strong(reported)}, y no se puede demostrar ninguna cota superior.`,
  manyOpenBare: (n: number, least: string) =>
    say`${n === 1 ? "Se descartó" : "Se descartaron"} ${strong(`al menos ${least}`)} (cada uno tiene su línea en el registro); no se puede demostrar ninguna cota superior.`,
  manyRangeReported: (reported: string) => say` Los avisos del propio núcleo dan ${reported}.`,

  // The answer: how full
  theTable: "La tabla",
  tableOf: (host: string) => `La tabla de ${host}`,
  fullMeasured: (table: string, entries: string, limit: string, ratio: string, origin: string) =>
    say`${table} tenía ${strong(`${entries} de ${limit}`)} conexiones medidas (${ratio}); el límite se conoce por ${origin}.`,
  fullNearest: (table: string, limit: string, ratio: string, origin: string, age: string | null) =>
    say`${table} tuvo que estar llena, en su límite de ${strong(limit)} conexiones (conocido por ${origin}): la línea solo se escribe entonces. ${age === null ? "La medición más alta" : `La medición más cercana, ${age} antes,`} es el ${ratio} del límite.`,
  fullInferred: (table: string, limit: string, origin: string) =>
    say`${table} tuvo que estar llena, en su límite de ${strong(limit)} conexiones (conocido por ${origin}): la línea solo se escribe entonces. No hay ninguna medición cercana.`,
  fullConfigured: (table: string, limit: string) =>
    say`${table} tuvo que estar llena, pues la línea solo se escribe entonces. Un fichero configura un límite de ${strong(limit)}; ninguna lectura muestra que estuviera en vigor.`,
  limitsToo: (limits: string) => say` Otras ráfagas toparon con otro límite: ${strong(limits)}.`,
  fullNoLimit: (entries: string) =>
    say`Se midieron hasta ${strong(entries)} conexiones; estos registros ${strong("no dicen")} qué límite estaba en vigor.`,
  fullUnknown: () =>
    say`La tabla tuvo que estar llena, pues la línea solo se escribe entonces; estos registros ${strong("no dicen")} su límite, y no hay ninguna medición.`,

  // The answer: what to set
  set: (setting: string, current: string | null) =>
    say`Configure ${strong(setting)}${current === null ? "" : ` (ahora ${current})`}`,
  setOn: (host: string, setting: string, current: string | null, cost: string | null) => {
    const asides = [
      current === null ? null : `ahora ${current}`,
      cost === null ? null : `hasta ${cost} de memoria`,
    ];
    const aside = asides.filter((text) => text !== null).join("; ");
    return say`en ${host}, ${strong(setting)}${aside === "" ? "" : ` (${aside})`}`;
  },
  setHosts: (settings: readonly (readonly Part[])[]) =>
    say`Configure ${settings.flatMap((part, i) => (i === 0 ? [...part] : ["; ", ...part]))}.`,
  setEach: () =>
    say`Lo que conviene configurar cambia de una máquina a otra: vea las recomendaciones de cada una.`,
  costs: (proposed: string, now: string | null) =>
    say`: sus entradas ocuparán hasta ${strong(proposed)} de memoria del núcleo${now === null ? "" : `, hoy ${now}`}.`,
  costsUnknown: () => say`; no se sabe cuánta memoria ocuparán sus entradas.`,
  setOthers: (n: number, shown: string) =>
    say` ${count(n, shown, "ajuste más", "ajustes más")}: vea las recomendaciones.`,
  setNothing: () => say`No se propone ningún ajuste: los registros no dicen lo suficiente.`,

  // The answer: nothing
  noLogs: () =>
    say`${strong("No se ha leído ningún registro.")} Nada puede decirse, pues, de paquetes descartados: lea antes alguno, con conntrail ingest RUTA.`,
  noLogsInRange: () =>
    say`${strong("No hay registros en este intervalo.")} Nada de lo leído lo abarca, así que nada puede decirse de paquetes descartados en él.`,
  noDrops: (sources: string) => say`${strong("Ningún descarte en los registros leídos")} (${sources}).`,
  noDropsBetween: (sources: string, start: string, end: string) =>
    say`${strong("Ningún descarte en los registros leídos")}: ${sources}, desde ${start} hasta ${end}.`,
  noDropsLimits: () =>
    say` La línea solo se escribe cuando se rechaza una conexión nueva; una tabla que estuvo casi llena no deja ninguna.`,
  undatedLines: (lines: string) => say`Además, no se pudo fechar ${strong(lines)}.`,
  holeIs: (start: string, end: string, why: string) =>
    `Sin registro desde ${start} hasta ${end}${why === "" ? "" : `: ${why}`}.`,
  logsBegin: (at: string) => `Los registros leídos empiezan el ${at}.`,
  logsEnd: (at: string) => `Los registros leídos terminan el ${at}.`,
  holesLeft: (n: number, shown: string) => `Y ${count(n, shown, "hueco más", "huecos más")}.`,
  overHosts: (hosts: string) => `, sumando ${hosts}`,
  coveredFrom: (at: string) => `Ningún registro cubre el tiempo mostrado antes del ${at}.`,
  coveredTo: (at: string) => `Ningún registro cubre el tiempo mostrado después del ${at}.`,
  holes: (total: string, n: number, shown: string, beyond: string | null, over: string) =>
    say`Los registros tienen ${count(n, shown, "hueco", "huecos")} (${total} en total)${beyond === null ? "" : `, y ningún registro cubre otros ${beyond} del tiempo mostrado`}${over}: que no haya registro no significa que no hubiera descartes.`,
  beyond: (total: string, over: string) =>
    say`Ningún registro cubre ${total} del tiempo mostrado${over}: que no haya registro no significa que no hubiera descartes.`,

  doubtedTotal: (lines: string) =>
    say`De ellas, ${strong(lines)} pueden no ser del núcleo: las ráfagas dicen por qué. conntrail report --trusted-only las omite.`,
  leftOut: (lines: string) =>
    say`Se omiten, por si no son del núcleo: ${strong(lines)}. Si lo son, se descartó más: no se puede demostrar ninguna cota superior del total.`,
  lineAndHeld: (lines: string, held: string) => `${lines}, y avisos de hasta ${held} líneas retenidas,`,
  onlyDoubted: (sources: string) =>
    say`${strong("En los registros leídos no hay más descartes que los dudosos")} (${sources}).`,
  onlyDoubtedHost: "En los registros leídos no hay más descartes que los dudosos.",

  // Frame of the report
  timesIn: (zone: string) => `Las horas son de ${zone}.`,
  trustedOnly: "Se omiten las líneas que pueden no ser del núcleo.",
  gapIs: (gap: string) => `Una ráfaga es una serie de líneas de descarte sin pausas de más de ${gap}.`,
  rangeFrom: (since: string) => `Solo a partir de ${since}.`,
  rangeTo: (until: string) => `Solo hasta ${until}.`,
  range: (since: string, until: string) => `Solo desde ${since} hasta ${until}.`,
  toldWhole: "Una ráfaga que entra en este intervalo se cuenta entera.",
  contents: "Contenido",
  overview: "Panorama",
  fleetShown: (shown: string, all: string, rest: string, bursts: string, drops: string) =>
    `Se muestran las ${shown} peores de ${all} máquinas. Las otras ${rest} tienen ${bursts} ráfagas y descartaron al menos ${drops} paquetes; conntrail report --host NOMBRE muestra cualquiera de ellas.`,
  fleetHours: "Horas con más descartes, todas las máquinas juntas:",
  fleetHour: (time: string, hosts: string, lines: string, suppressed: string) =>
    `${time}: al menos ${lines} en ${hosts} máquinas, ${suppressed} mensajes más retenidos.`,
  fleetLimits: "Los últimos límites en vigor difieren:",
  fleetLimit: (value: string, hosts: string, example: string) =>
    `${value} en ${hosts} máquinas, por ejemplo ${example}.`,
  fleetLeftOut: (problems: string, sources: string) =>
    `No figuran abajo: ${problems} problemas más, ${sources} fuentes más.`,
  overviewText: "Una franja por máquina, todas sobre el mismo eje de tiempo.",
  stripDrops: "descartes",
  noDropsShort: "ningún descarte",
  noHostDrops: "Ningún descarte en los registros leídos.",
  noLogsShort: "sin registros",
  noHostLogs:
    "Ninguno de sus registros leídos abarca este tiempo, así que nada puede decirse de paquetes descartados.",
  alsoNamed: (names: string) => `Esta máquina también figura en los registros como ${names}.`,
  unseenBriefly: (host: string, packets: string) =>
    say`Pero el propio contador de paquetes descartados del núcleo en ${host} subió en ${strong(packets)}: los registros de ese tiempo faltan, o están cortados.`,
  unseenGain: (packets: string, start: string, end: string) =>
    `El propio contador de paquetes descartados del núcleo subió en ${packets} entre ${start} y ${end}, donde ningún registro leído habla de un descarte. Cuenta lo que rechaza una tabla llena, y poco más.`,
  undatedHost: (lines: string) => `Sin una hora que dé prueba alguna: ${lines}.`,

  // Timeline
  timeline: "Cronología",
  noTimeline: "Nada de esto lleva hora, así que no hay cronología.",
  noTimelineInRange: "Ningún registro ni medición es de este intervalo, así que no hay cronología.",
  dropsPer: (bucket: string) => `Descartes cada ${bucket}`,
  logScale: "escala logarítmica",
  countAndLimit: "Conexiones en la tabla",
  noCounts: "En lo leído no hay ninguna medición del número de conexiones.",
  coverage: "Registro",
  marks: "Marcas",
  numbers: "Las cifras en una tabla",
  chartName: (host: string, start: string, end: string) =>
    `Cronología de ${host} desde ${start} hasta ${end}`,
  chartDescription: (drops: string, counts: string, holes: string) => `${drops} ${counts} ${holes}`,
  chartDrops: (bursts: string, most: string) =>
    `${bursts}; máximo de paquetes notificados en un paso: ${most}.`,
  chartCounts: (low: string, high: string) => `Entre ${low} y ${high} conexiones.`,
  chartHoles: (n: number, shown: string) =>
    `${count(n, shown, "tramo que ningún registro cubre", "tramos que ningún registro cubre")}.`,
  legendPrinted: "líneas de descarte escritas: lo mínimo",
  legendReported: "hasta la suma de escritas y retenidas, según el núcleo",
  legendCount: "conexiones, de mínimo a máximo en cada paso",
  legendLimit: "límite",
  legendBurst: "ráfaga",
  legendHole: "ningún registro abarca este tiempo (no es lo mismo que sin descartes)",
  legendMark: "arranque o cambio",
  legendCovered: "los registros abarcan este tiempo",
  legendLetters: "A arranque, L cambio de límite, R ajuste del reloj",
  legendSeveral: "+ varios de estos",
  burstTitle: (n: string, start: string, lasted: string, bounds: string) =>
    `Ráfaga ${n}: ${start}, ${lasted}, ${bounds} descartados`,
  chartHelp:
    "Arrastre para ampliar, doble clic para verlo todo. Teclas: izquierda y derecha leen, + y - amplían, Escape muestra todo.",
  showAll: "Mostrar todo",
  showInTimeline: "ver en la cronología",
  details: "detalles",
  copy: "copiar cita",
  copied: "copiada",
  readout: {
    printed: "escritas",
    reported: "notificados",
    connections: "conexiones",
    limit: "límite",
    noLog: "sin registro",
  },
  quiet: "ninguna línea de descarte",
  noLog: "sin registro",

  // Columns
  col: {
    burst: "ráfaga",
    burstShort: "n.º",
    start: "inicio",
    end: "fin",
    lasted: "duración",
    dropped: "paquetes descartados",
    printed: "líneas escritas",
    reported: "notificados",
    atLeast: "al menos",
    atMost: "como máximo",
    estimate: "estimación",
    limit: "límite",
    full: "llena",
    peak: "máximo medido",
    host: "máquina",
    netns: "espacio de nombres",
    bursts: "ráfagas",
    from: "desde",
    to: "hasta",
    connections: "conexiones",
    note: "nota",
    key: "clave",
    value: "valor",
    since: "desde",
    until: "hasta",
    kind: "clase",
    knownFrom: "conocido por",
    doubted: "dudosas",
    configured: "configurado",
    effective: "efectivo",
    state: "estado",
    source: "origen",
    port: "puerto de destino",
    entries: "entradas",
    share: "proporción",
    now: "ahora",
    proposed: "propuesto",
    why: "por qué",
    problem: "problema",
    count: "veces",
    where: "dónde",
    message: "mensaje",
    path: "ruta",
    channel: "canal",
    format: "formato",
    bytes: "bytes",
    events: "sucesos",
    problems: "problemas",
    complete: "completa",
    sha256: "SHA-256",
    mark: "marca",
    when: "cuándo",
    line: "línea",
  },
  figures: {
    atLeast: "descartados al menos",
    reported: "descartados según el núcleo",
    atMost: "descartados como máximo",
    noMost: "no demostrable",
    limit: "límite de la tabla",
    hosts: "máquinas con descartes",
    of: (part: string, whole: string) => `${part} de ${whole}`,
    both: (one: string, other: string) => `${one} y ${other}`,
    bursts: "ráfagas",
  },
  yes: "sí",
  no: "no",

  // Bursts
  burstsTitle: "Ráfagas",
  burst: (n: string) => `Ráfaga ${n}`,
  detailsOf: (shown: string, all: string) =>
    `Detalles de las ${shown} ráfagas con más paquetes notificados, de ${all}; el informe JSON tiene los de más.`,
  burstsLeft: (left: number, shown: string) =>
    `${count(left, shown, "ráfaga con menos paquetes notificados se omite", "ráfagas con menos paquetes notificados se omiten")} aquí, pero no en las sumas: conntrail query bursts-by-time las muestra todas.`,
  undated: "sin fecha",
  boundExact: (n: string) => `Exactamente ${n}: cada paquete descartado tiene su línea.`,
  boundRange: (least: string, most: string) => `Al menos ${least} y como máximo ${most}.`,
  boundOpen: (least: string) => `Al menos ${least}; no se puede demostrar ninguna cota superior.`,
  reportedAs: (printed: string, held: string, reported: string) =>
    `${printed} en el registro y ${held} retenidas por el limitador del núcleo: ${reported} notificadas.`,
  printedOnly: (printed: string) => `${printed} en el registro; ningún aviso de líneas retenidas.`,
  sharedPart: (n: string) =>
    `De las retenidas, ${n} caen en ventanas compartidas con otros espacios de nombres de red.`,
  estimateIs: (n: string) => `Estimación, no cota: ${n}.`,
  tailCapIs: (n: string) =>
    `Tras la última línea el núcleo pudo retener más; la mayor ventana anterior retuvo ${n}: un tope práctico, no una garantía.`,
  doubtedLines: (n: number, shown: string, why: string) =>
    `De las líneas del registro, ${shown} ${n === 1 ? "puede" : "pueden"} no ser del núcleo: ${why}.`,
  doubtedHeld: (shown: string, why: string) =>
    `De las retenidas, ${shown} las cuentan avisos que pueden no ser del núcleo: ${why}.`,
  limitIs: (limit: string, origin: string) => `Límite en vigor: ${limit}, conocido por ${origin}.`,
  limitConfigured: (limit: string) => `No se conoce el límite en vigor; un fichero configura ${limit}.`,
  limitUnknown: "No se conoce el límite en vigor.",
  countPeakIs: (n: string, ratio: string | null) =>
    `Máximo medido: ${n}${ratio === null ? "" : ` (el ${ratio} del límite)`}.`,
  fullBefore: (ratio: string, age: string) => `${ratio}, ${age} antes`,
  countNearIs: (side: "before" | "after", n: string, age: string | null) =>
    `Medición ${side === "before" ? "anterior" : "posterior"}: ${n}${age === null ? "" : `, ${age} ${side === "before" ? "antes" : "después"}`}.`,
  noCountNear:
    "No hay ninguna medición cercana; la tabla estaba llena (se infiere: la línea solo se escribe entonces).",
  fullIsInferred: "Que la tabla estaba llena en cada descarte se infiere: la línea solo se escribe entonces.",
  farBelow:
    "La medición está muy por debajo del límite. Más probable que un error: los descartes fueron en otro espacio de nombres de red, habían caducado entradas después de la medición o el límite ha cambiado desde entonces.",
  headroom: (n: string) => `Margen en el máximo medido: ${n} entradas.`,
  witnessIs: (channel: string) => `Lo cuenta ${channel}.`,
  witnessOthers: (relation: string, channels: string, lines: string, held: string) =>
    `${relation}: ${channels} (${lines}, ${held} retenidas).`,
  witnessSilent: (relation: string, channels: string) => `${relation}: ${channels}.`,
  basisIs: (basis: string) => `Fechada por ${basis}.`,
  inNetns: (netns: string) => `Espacio de nombres de red ${netns}.`,
  why: "Por qué",
  evidence: "Pruebas",
  place: (path: string, member: string | null, offset: string, length: string | null) =>
    `${path}${member === null ? "" : `, miembro ${member}`}, byte ${offset}${length === null ? "" : `, longitud ${length}`}`,
  firstLine: "primera línea",
  lastLine: "última línea",
  onlyLine: "la línea",

  // Limits
  limitsTitle: "Historia de los límites",
  mismatch: (key: string, configured: string, effective: string) =>
    `${key} está configurado como ${configured}, pero el núcleo tiene ${effective}.`,
  noLimits: "En lo leído no hay ningún límite.",
  otherLimits: (n: number, shown: string) =>
    n === 1
      ? `Se leyó ${shown} ajuste más, que no cambió`
      : `Se leyeron ${shown} ajustes más, que no cambiaron`,
  otherLimitsWhere: "Los muestra conntrail query 'select * from limits'.",
  pressure: (over90: string, over95: string) =>
    `Medido por encima del 90 % del límite durante ${over90}, por encima del 95 % durante ${over95}. Los problemas empiezan antes de que la tabla se llene.`,

  // Occupancy
  occupancyTitle: "Quién llenó la tabla",
  occupancyAt: (total: string, at: string) => `Un volcado de la tabla de ${at} contiene ${total} entradas.`,
  occupancyUndated: (total: string) => `Un volcado de la tabla sin hora contiene ${total} entradas.`,

  // Advice
  adviceTitle: "Recomendaciones",
  noAdvice: "No se propone ningún ajuste.",
  memory: (now: string, proposed: string) =>
    `Memoria de las entradas: ${now} con el límite actual, ${proposed} con el propuesto.`,
  memoryProposed: (proposed: string) => `Memoria de las entradas con el límite propuesto: ${proposed}.`,
  amount: (shown: string, unit: string) => `${shown} ${unit}`,
  assumed: (text: string) => `se supone: ${text}`,
  entryBytes: (n: string, origin: string) => `Una entrada ocupa ${n} (${origin}).`,
  entryUnknown: (origin: string) => `No se conoce el tamaño de una entrada (${origin}).`,
  assumes: (text: string) => `supone: ${text}`,
  snippetTitle: "Listo para instalar, en /etc/sysctl.d:",
  modprobeTitle: "Y en /etc/modprobe.d:",
  warning: (text: string) => `Atención: ${text}`,

  // Problems and sources
  problemsTitle: "Problemas",
  problemsText: "Lo que no se pudo leer o fechar, o no es de fiar. Los mensajes están en inglés.",
  noProblems: "Ninguno: se leyó todo lo indicado.",
  sourcesTitle: "Fuentes",
  noSources: "Ninguna.",
  notHashed: "aún no",
  sourceIs: (host: string, channel: string, format: string, size: string) =>
    `${host}, ${channel}, ${format}, ${size}`,
  sourceHolds: (events: number, shownEvents: string, problems: number, shownProblems: string) =>
    `${count(events, shownEvents, "suceso", "sucesos")}, ${count(problems, shownProblems, "problema", "problemas")}`,
  complete: "completa",
  incomplete: "incompleta",
  footer:
    "Cada cifra de arriba puede seguirse hasta sus bytes: a su lado están la ruta, la posición y la longitud en bytes.",
  hashesElsewhere: "Los informes JSON y CSV tienen además el SHA-256 de las líneas de cada ráfaga.",
  hashesCopied: "Las líneas de cada ráfaga tienen además su SHA-256, completo al copiar la cita.",
  cutting: "Las posiciones cuentan bytes descomprimidos. Esta orden recorta una línea de un fichero .gz:",

  // Sentences that the record holds in English, by their id
  statements: {
    "far-below-other-namespace":
      "La tabla que rechazó paquetes estaba llena, pero la medición más cercana fue de {count} de {limit}: estaba llena la de otro espacio de nombres de red (la cuenta es de cada espacio de nombres; el límite, no).",
    "far-below":
      "La tabla que rechazó paquetes estaba llena, pero la medición más cercana fue de {count} de {limit}: estaba llena la de otro espacio de nombres de red, o antes de medir se liberaron entradas o cambió el límite.",
    "raised-since": "La tabla estaba en su límite de {limit}; desde entonces se ha elevado a {raised}.",
    "at-limit-evicting":
      "La tabla estaba en su límite: {peak} de {limit} medidas durante la ráfaga; se desalojaron {evicted} entradas para hacer sitio.",
    "at-limit-measured": "La tabla estaba en su límite: {peak} de {limit} medidas durante la ráfaga.",
    "limit-configured-only":
      "La tabla estaba en su límite. Un fichero configura {limit}; ninguna lectura muestra que estuviera en vigor.",
    "at-limit-inferred":
      "La tabla estaba en su límite de {limit}: se infiere, pues el núcleo solo escribe esta línea entonces; no se midió nada durante la ráfaga.",
    unknown: "La tabla estaba en su límite; en las pruebas no constan ni el límite ni ninguna medición.",
    "max-held":
      "la tabla tenía {full} entradas cuando rechazó paquetes; un cuarto de margen, redondeado a la siguiente potencia de dos",
    "max-demand":
      "la tabla tenía {full} entradas cuando rechazó paquetes, y se rechazaron {rate} paquetes por segundo de media durante la ráfaga, cada uno con necesidad de una entrada durante {seconds} s: {more} más; un cuarto de margen, redondeado a la siguiente potencia de dos",
    "each-a-flow":
      "cada paquete rechazado era un flujo distinto (los reintentos hacen menor la demanda real); vida de una entrada: {lifetime}",
    "each-a-flow-configured":
      "el límite que configura un fichero estaba en vigor; cada paquete rechazado era un flujo distinto (los reintentos hacen menor la demanda real); vida de una entrada: {lifetime}",
    "configured-held": "el límite que configura un fichero estaba en vigor",
    "own-timeouts": "según udp_timeout y tcp_timeout_syn_sent de esta misma máquina",
    "default-timeout": "30 s, el valor predeterminado del núcleo para un primer paquete UDP",
    "buckets-as-entries": "tantas cubetas como entradas, como hacen por omisión los núcleos desde 5.15",
    "buckets-quarter":
      "una cubeta por cada cuatro entradas, como hacen por omisión los núcleos anteriores a 5.15",
    "release-unknown": "en las pruebas no consta la versión del núcleo",
    "established-long": "una conexión establecida que desapareció conserva su entrada {days} días",
    "established-seen":
      "una conexión establecida que desapareció conserva su entrada {days} días; en el volcado de la tabla había {entries} entradas establecidas",
    "none-silent-a-day": "ninguna conexión de esta máquina calla durante más de un día",
    "load-first":
      "los valores puestos antes de cargar el módulo conntrack se pierden: cargue primero el módulo (modules-load.d) o vuelva a ponerlos después",
    "buckets-at-load":
      "el número de cubetas es un parámetro del módulo: vale a partir de la próxima carga del módulo, y volver a cargarlo pierde todas las conexiones seguidas",
    "buckets-at-run":
      "el número de cubetas puede ponerse con el módulo en marcha, en el espacio de nombres de red inicial: echo {buckets} > /sys/module/nf_conntrack/parameters/hashsize; el fichero de modprobe.d lo conserva para la próxima carga, y volver a cargar el módulo pierde todas las conexiones seguidas",
    "kube-proxy-sets":
      "kube-proxy pone él mismo el límite en cada arranque (--conntrack-max-per-core, --conntrack-min)",
    "two-names": "en este núcleo el límite es también net.ipv4.ip_conntrack_max: un valor con dos nombres",
    "limit-is": "límite {limit}",
    "clock-forward": "el reloj se adelantó {seconds} s",
    "clock-back": "el reloj se atrasó {seconds} s",
  },

  // Names from the record
  reasons: {
    "open-end":
      "El registro termina cuando el núcleo aún podía estar reteniendo líneas; lo que habría dicho su siguiente aviso no está contado.",
    "closed-by-size":
      "No se registró nada posterior, pero la última ventana del limitador escribió menos líneas de las que puede, así que no se retuvo nada de ella.",
    "contention-uncounted":
      "Este núcleo rechaza líneas sin contarlas cuando dos CPU coinciden en el limitador, así que puede haber más descartes de los que dicen sus avisos.",
    "suppressed-unproven":
      "Las líneas retenidas no dejan texto, y otros mensajes de red comparten el limitador: solo las líneas escritas prueban un descarte, por eso son el mínimo.",
    "shared-limiter":
      "Otros mensajes de red comparten el limitador, así que no toda línea retenida tiene que ser un descarte.",
    "shared-with-printk":
      "En los núcleos hasta 2.6.26 también los mensajes de disco y otros comparten el limitador, así que parte de lo retenido puede ser de ellos.",
    "mixed-namespaces":
      "Líneas de varios espacios de nombres de red comparten una ventana del limitador, así que lo retenido no puede repartirse entre ellos.",
    "edge-booking":
      "En el borde de una ventana llena del limitador pueden contarse líneas de otras CPU en la siguiente: a lo sumo tantas como CPU haya.",
    "lines-left-out":
      "Se omiten líneas que pueden no ser del núcleo; si lo son, se descartó más de lo que aquí se cuenta.",
    "lines-lost": "Se sabe que faltan líneas del registro en este tiempo.",
    "witness-contradicts":
      "Otro registro de este equipo tiene líneas o avisos de esta ráfaga que le faltan al más completo, así que ninguno los tiene todos.",
    "notices-missing":
      "Las líneas llegan como solo las deja pasar un limitador en marcha, pero no hay ningún aviso de líneas retenidas: el registro es un extracto.",
    "log-starts-inside": "El registro empieza dentro de esta ráfaga; lo anterior no está contado.",
    "window-short":
      "Una ventana del limitador muestra menos líneas de las que tuvo que escribir, así que faltan líneas en el registro.",
    "count-unreadable": "Un aviso de líneas retenidas no da ningún número legible.",
    "order-unclear":
      "Una repetición se escribió mucho después de la línea anterior, y no se sabe cuándo se escribieron sus líneas; o un aviso llegó demasiado pronto para sus líneas, y puede ser de la ráfaga anterior.",
    "limiter-disabled": "El limitador estaba desactivado: cada paquete descartado escribió su línea.",
    "limiter-switched":
      "El limitador estuvo desactivado en algún momento, o un fichero lo dice: una línea escrita entonces no muestra que antes no se retuvo nada.",
    "limiter-unknown":
      "No se sabe qué limitador tiene este núcleo, así que sus cuentas no pueden darse por completas.",
    "kernels-mixed":
      "Las líneas vienen de núcleos con limitadores distintos, y no puede saberse de cuál es cada una.",
    "version-contradicted":
      "Los mensajes no cuadran con la versión del núcleo que nombra el registro; se dio crédito a los mensajes.",
    "window-default":
      "Se supone la ventana predeterminada del limitador, 5 segundos y 10 líneas: no se leyó ningún ajuste que rigiera con certeza entonces.",
    "window-inferred":
      "La ventana del limitador se dedujo de la propia pauta de las líneas; no se leyó ningún ajuste que rigiera con certeza entonces.",
    "counter-ceiling":
      "La cota superior es lo que creció el contador de descartes del propio núcleo entre dos muestras alrededor de la ráfaga; cuenta también otros descartes.",
    "counter-moving":
      "El contador de descartes se movía junto a la ráfaga, así que la cota superior solo vale si las muestras y el registro coinciden en la hora al segundo.",
    "counter-other-namespace":
      "El contador de descartes disponible puede ser el de otro espacio de nombres de red, así que aquí no sirve de cota superior.",
    "counter-reset":
      "El contador de descartes retrocedió entre sus muestras (un reinicio o una recarga del módulo), así que aquí no sirve de cota superior.",
    "counter-not-enclosing":
      "No hay dos muestras del contador de descartes que encierren esta ráfaga, así que no da ninguna cota superior.",
  },
  doubts: {
    "tag-pid": "tras su nombre hay un identificador de proceso",
    "pri-facility": "su facilidad no es la del núcleo",
    transport: "llegó al journal desde un programa",
    "no-uptime":
      "no lleva el tiempo desde el arranque, que sí llevan las líneas del núcleo anteriores y posteriores",
  },
  relations: {
    speaks: "Habla",
    agrees: "Coinciden",
    fewer: "Con menos líneas",
    contradicts: "En contradicción",
    silent: "Abarcan ese tiempo sin ninguna línea",
  },
  bases: {
    explicit: "la fecha completa con zona de la línea",
    option: "un año o una zona dados como opción",
    "anchored-zone": "una zona que prueban otros datos",
    "assumed-zone": "una zona supuesta, la de la máquina que leyó el registro",
    "inferred-year": "un año deducido",
    "boot-anchor": "el tiempo del núcleo desde el arranque y el ancla más cercana de ese arranque",
    derived: "la hora que dmesg calculó a partir del tiempo desde el arranque",
    "file-time": "la hora del fichero en que está",
    undated: "nada: ninguna prueba le da una hora",
  },
  basisAnd: " y ",
  roles: {
    limit: "límite en vigor",
    "count-before": "medición anterior",
    "count-peak": "máximo medido",
    "count-after": "medición posterior",
  },
  origins: {
    banner: "la línea del módulo al arrancar",
    limit_exceeded: "una línea del núcleo que escribe el límite",
    "sudo-sysctl": "una orden sysctl dada con sudo",
    "kube-proxy": "el registro de kube-proxy",
    sysctl: "un volcado de los ajustes del núcleo",
    "proc-file": "una copia del fichero de /proc/sys",
    "conntrack-count": "conntrack -C",
    "table-lines": "el recuento de líneas de un volcado de la tabla",
    "conntrack-list": "un volcado de la tabla",
    "conntrack-stats": "conntrack -S",
    "proc-stat": "/proc/net/stat/nf_conntrack",
    lnstat: "lnstat",
    shorewall: "un listado de Shorewall",
    luci: "la página de resumen de OpenWrt",
    "status-line": "la línea de una comprobación o un script",
    "check-count": "la línea de una comprobación",
    routeros: "RouterOS",
    slab: "las cifras de slab del núcleo",
    prometheus: "métricas de node_exporter",
    "prometheus-json": "Prometheus",
    telegraf: "Telegraf",
    "collectd-csv": "collectd",
    "zabbix-csv": "Zabbix",
    "sample-comment": "un registro de muestras",
    "sample-csv": "un registro de muestras",
    "sysctl-conf": "un fichero de configuración de sysctl",
    "modprobe-conf": "un fichero de configuración de modprobe",
    assumed: "se supone: los núcleos de 64 bits tienen de 256 a 320 bytes por entrada",
  },
  coverageReasons: {
    log: "un registro",
    "no-log": "ningún fichero leído lo abarca",
    "rotation-missing": "falta un fichero de la rotación",
    "daemon-down": "el demonio de registro no estaba en marcha",
    "lines-lost": "el propio registro avisa de líneas perdidas",
  },
  problemKinds: {
    "no-such-day": "una fecha que su año no tiene",
    "no-such-file": "no existe",
    "run-failed": "una ejecución falló",
    "run-interrupted": "una ejecución se interrumpió",
    "permission-denied": "sin permiso de lectura",
    "special-file": "no es un fichero",
    "read-error": "error de lectura",
    truncated: "incompleto",
    corrupt: "dañado",
    "trailing-rubbish": "bytes tras el final",
    "compression-bomb": "crece más allá del límite",
    "no-decoder": "falta el descompresor",
    "decoder-failed": "falló el descompresor",
    "nested-too-deep": "demasiado anidado",
    "too-many-members": "demasiados miembros",
    "member-name-too-long": "nombre de miembro recortado",
    "unsupported-member": "miembro no legible",
    "unseekable-zip": "zip dentro de otro flujo",
    "binary-journal": "journal binario",
    "not-text": "no es texto de registro",
    "field-too-long": "campo demasiado largo",
    "bad-record": "registro ilegible",
    "cut-record": "registro cortado",
    "alias-conflict": "dos nombres, dos valores",
    "number-too-large": "número demasiado grande",
    "impossible-value": "valor imposible",
    "bad-row": "fila ilegible",
    "cut-row": "fila cortada",
    "cut-document": "documento cortado",
    "unnamed-series": "serie sin nombre",
    "line-too-long": "línea demasiado larga",
    "nul-bytes": "bytes NUL",
    "cut-line": "línea cortada",
    "unknown-repeat": "repetición de una línea desconocida",
    "bad-stamp": "hora imposible",
    "ambiguous-hour": "hora que pasa dos veces",
    "skipped-hour": "hora que el reloj se salta",
    "option-contradicts": "opción contra las pruebas",
    "too-many-hosts": "demasiadas máquinas",
  },
  units: { entries: "entradas", buckets: "cubetas", seconds: "s" },
  forces: { effective: "efectivo", configured: "configurado" },
  markKinds: { boot: "arranque", limit: "cambio de límite", clock: "ajuste del reloj" },
  markLetters: { boot: "A", limit: "L", clock: "R" },
};
