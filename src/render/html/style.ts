// The page's one style sheet. No address in it: the page must not ask the network for anything.

const COLOURS = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#565e68;--line:#d0d5db;--tint:#f4f6f8;
--printed:#b3261e;--band:#de8077;--count:#1a5fb4;--limit:#1b1f24;--burst:#fff1c2;--edge:#8a6100;--hatch:#8b949e;--link:#0b57b0}
@media (prefers-color-scheme:dark){:root{--paper:#12161b;--ink:#e8ecf0;--soft:#a3acb6;--line:#39414b;--tint:#1b2128;
--printed:#ff8a80;--band:#b0564e;--count:#7ab3ff;--limit:#e8ecf0;--burst:#3d3413;--edge:#e0b341;--hatch:#6b7580;--link:#8ec1ff}}`;

const PAGE = `
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:75rem;margin:0 auto;padding:1.25rem 1.25rem 4rem}
h1{font-size:1.05rem;margin:0 0 .75rem;color:var(--soft);font-weight:600}
h2{font-size:1.5rem;margin:3rem 0 .5rem;padding-top:.75rem;border-top:2px solid var(--ink);overflow-wrap:anywhere}
h3{font-size:1.15rem;margin:2rem 0 .5rem}
h4{font-size:1rem;margin:0;display:inline}
p,li,dd{overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.answer{font-size:1.2rem;line-height:1.45;max-width:60rem;margin:0 0 1rem}
.answer p{margin:0 0 .45rem}
.soft{color:var(--soft);font-size:.9rem;max-width:56rem}
.prose{max-width:56rem}
.keep{white-space:nowrap}
.figures{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0;padding:0}
.figures div{flex:1 1 9rem;background:var(--tint);border-left:4px solid var(--line);padding:.5rem .75rem}
.figures .key{border-left-color:var(--printed)}
.figures dt{font-size:.85rem;color:var(--soft)}
.figures dd{margin:0;font-size:1.4rem;font-weight:600;line-height:1.3;font-variant-numeric:tabular-nums}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:.5rem 0;max-height:12rem;overflow:auto}`;

const TABLES = `
.scroll{overflow-x:auto;margin:.5rem 0}
.tall{max-height:36rem;overflow-y:auto;border-bottom:1px solid var(--soft)}
.tall thead th{position:sticky;top:0;background:var(--paper)}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600;vertical-align:bottom;border-bottom-color:var(--soft)}
th[scope=row]{font-weight:600}
.n{text-align:right;white-space:nowrap}
.d{white-space:nowrap}
.w{min-width:14rem;max-width:34rem;overflow-wrap:anywhere}
td code,th code{overflow-wrap:anywhere}
th code{font-weight:400}
.over th,.over td{border-bottom:0;padding-bottom:0}
.under td,.under code{padding-top:0;font-size:.75rem;color:var(--soft)}
.side{display:flex;flex-wrap:wrap;gap:0 2.5rem}
code,pre{font:.85rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
pre{background:var(--tint);border:1px solid var(--line);padding:.75rem;overflow-wrap:anywhere;margin:.5rem 0}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0}
.burst{border-top:1px solid var(--line)}
.burst[open]{padding-bottom:.75rem}
.burst:target,tr:target{background:var(--burst)}
.bound{font-weight:400;color:var(--soft)}
.cites{list-style:none;padding:0;margin:.5rem 0}
.cites li{border-left:3px solid var(--line);padding:.1rem 0 .1rem .75rem;margin:.5rem 0}
.cites code{display:block;overflow-wrap:anywhere}
button{font:inherit;font-size:.8rem;color:var(--link);background:none;border:1px solid var(--line);border-radius:4px;padding:.05rem .5rem;cursor:pointer;margin-left:.5rem}`;

const CHARTS = `
figure{margin:.5rem 0 1rem;position:relative}
.chart{display:grid;grid-template-columns:4.75rem minmax(0,1fr);padding-right:1.25rem}
.chart svg{display:block;overflow:visible;width:100%}
.chart svg svg.clip,.strip svg.clip{overflow:hidden}
.plot{cursor:crosshair;touch-action:pan-y}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--soft)}
svg text.head{fill:var(--ink);font-weight:600}
svg text.lim{fill:var(--limit);font-weight:700}
.halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.grid{stroke:var(--line);stroke-width:1}
.base{stroke:var(--soft);stroke-width:1}
.printed{fill:var(--printed);stroke:var(--printed)}
.band{fill:var(--band);stroke:var(--band)}
.printed,.band,.count,.limit,.dot{vector-effect:non-scaling-stroke;stroke-width:1}
.count{fill:var(--count);stroke:var(--count);stroke-width:1.5;stroke-linejoin:round}
.dot{fill:none;stroke:var(--count);stroke-width:5;stroke-linecap:round}
.limit{fill:none;stroke:var(--limit);stroke-width:2;stroke-dasharray:7 4}
.shade{fill:var(--burst);stroke:var(--burst);stroke-width:2}
.foot{fill:var(--edge);stroke:var(--edge);stroke-width:2}
text.num{fill:var(--edge);font-weight:700}
.hatch{stroke:var(--hatch);stroke-width:1.5}
.hole{fill:url(#hatch)}
.seen{fill:var(--soft);opacity:.55}
.mark{stroke:var(--soft);stroke-width:1.5;stroke-dasharray:2 3}
.cross{stroke:var(--ink);stroke-width:1;pointer-events:none}
.drag{fill:var(--count);opacity:.25;pointer-events:none}
.defs{position:absolute;width:0;height:0}
.narrow,.ticks.off,.num.off{display:none}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.25rem;padding:0;margin:.5rem 0 .25rem;font-size:.85rem;color:var(--soft)}
.legend li{display:flex;align-items:baseline}
.legend svg{flex:none;width:26px;height:14px;margin-right:.4rem;position:relative;top:2px}
.readout{min-height:1.6em;margin:.25rem 0;font-size:.9rem;font-variant-numeric:tabular-nums}
.strips{width:100%}
.strips td.strip{width:55%;min-width:11rem;padding-right:1.5rem}
.strips tbody th{max-width:14rem;overflow-wrap:anywhere}
.strip svg{display:block;width:100%;overflow:visible}
@media (max-width:600px){main{padding:1rem .75rem 3rem}.answer{font-size:1.05rem}.wide{display:none}.narrow:not(.off){display:inline}
.chart{grid-template-columns:4rem minmax(0,1fr);padding-right:.75rem}
.cards,.cards tbody,.cards tr,.cards th[scope=row],.strips,.strips tbody,.strips tr{display:block}
.cards thead,.strips thead{display:none}
.cards th,.cards td,.strips th,.strips td{border:0;padding:.1rem 0;min-width:0;max-width:none;white-space:normal}
.cards tr,.strips tr{border-bottom:1px solid var(--line);padding:.5rem 0}
.cards th{overflow-wrap:anywhere}.cards tr.over{border-bottom:0;padding-bottom:0}.cards tr.under{padding-top:0}
.cards td{display:grid;grid-template-columns:6.5rem minmax(0,1fr);column-gap:.75rem;text-align:left}
.cards .under td{display:block}.cards .under td::before{content:none}
.cards td::before,.strips td[data-head]::before{content:attr(data-head);color:var(--soft)}
.strips tr{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem}.strips tbody th,.strips td.strip{flex:1 0 100%;max-width:none;padding-right:.75rem}
.strips td[data-head]::before{padding-right:.5rem}.strips tr.axis td:not(.strip){display:none}
h2{font-size:1.25rem}.figures dd{font-size:1.15rem}.figures div{flex-basis:40%}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--tint:#fff;--printed:#b3261e;--band:#de8077;--count:#1a5fb4;
--limit:#000;--burst:#fff1c2;--edge:#8a6100;--hatch:#777;--link:#000}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:none;padding:0}button,.readout,nav{display:none}figure,tr,.cites li,pre{break-inside:avoid}h2,h3,summary{break-after:avoid}
.scroll{overflow:visible;max-height:none}body{font-size:11pt}table{font-size:8pt}
th,td{padding-right:.45rem}a.jump{display:none}}`;

export const STYLE = `${COLOURS}${PAGE}${TABLES}${CHARTS}\n`;
