// TABLE: abbreviated month names. `dmesg -T` and `journalctl` print them in the language of whoever ran them.
//
// From glibc's locales (LC_TIME abmon), lower case, without the full stop. Croatian is left out on purpose: its
// lip, srp and lis are June, July and October, where Polish and Czech mean July, August and November.

const ABBREVIATIONS: readonly (readonly [language: string, names: string])[] = [
  ["English", "jan feb mar apr may jun jul aug sep oct nov dec"],
  ["German", "jan feb mär apr mai jun jul aug sep okt nov dez"],
  ["Spanish", "ene feb mar abr may jun jul ago sep oct nov dic"],
  ["French", "janv févr mars avril mai juin juil août sept oct nov déc"],
  ["Italian", "gen feb mar apr mag giu lug ago set ott nov dic"],
  ["Portuguese", "jan fev mar abr mai jun jul ago set out nov dez"],
  ["Dutch", "jan feb mrt apr mei jun jul aug sep okt nov dec"],
  ["Polish", "sty lut mar kwi maj cze lip sie wrz paź lis gru"],
  ["Russian", "янв фев мар апр мая июн июл авг сен окт ноя дек"],
  ["Swedish, Danish", "jan feb mar apr maj jun jul aug sep okt nov dec"],
  ["Norwegian", "jan feb mars april mai juni juli aug sep okt nov des"],
  ["Finnish", "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"],
  ["Czech", "led úno bře dub kvě čen čec srp zář říj lis pro"],
  ["Turkish", "oca şub mar nis may haz tem ağu eyl eki kas ara"],
  ["Chinese, Japanese", "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月"],
  ["Korean", "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월"],
  ["Ukrainian", "січ лют бер кві тра чер лип сер вер жов лис гру"],
  ["Hungarian", "jan febr márc ápr máj jún júl aug szept okt nov dec"],
  ["Romanian", "ian feb mar apr mai iun iul aug sep oct nov dec"],
  ["Slovak", "jan feb mar apr máj jún júl aug sep okt nov dec"],
  ["Slovenian", "jan feb mar apr maj jun jul avg sep okt nov dec"],
  ["Bulgarian", "яну фев мар апр май юни юли авг сеп окт ное дек"],
  ["Greek", "ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ"],
  ["Estonian", "jaan veebr märts apr mai juuni juuli aug sept okt nov dets"],
  ["Latvian", "jan feb mar apr mai jūn jūl aug sep okt nov dec"],
  ["Lithuanian", "saus vas kov bal geg birž liep rugp rugs spal lapkr gruod"],
  ["Catalan", "gen febr març abr maig juny jul ag set oct nov des"],
  ["Indonesian", "jan feb mar apr mei jun jul agu sep okt nov des"],
  ["Hebrew", "ינו פבר מרץ אפר מאי יונ יול אוג ספט אוק נוב דצמ"],
  ["Arabic", "ينا فبر مار أبر ماي يون يول أغس سبت أكت نوف ديس"],
];

/** What stands before the month's name: Catalan says "de març", "d'abr.". */
const ARTICLE = /^(?:de |d['’])/;

const MONTHS = new Map<string, number>();
for (const [, names] of ABBREVIATIONS) {
  names.split(" ").forEach((name, index) => {
    MONTHS.set(name, index + 1);
  });
}

/** 1 to 12, or null for a word that is no known month. Longer forms (`März`, `Sept.`) are known by their start. */
export function monthOf(word: string): number | null {
  const known = MONTHS.get(word);
  if (known !== undefined) return known;
  const name = word.trim().toLowerCase().replace(ARTICLE, "").replace(/\.$/, "");
  return MONTHS.get(name) ?? MONTHS.get(name.slice(0, 4)) ?? MONTHS.get(name.slice(0, 3)) ?? null;
}
