/** How posts and their index look: system fonts, one measure, both schemes, a phone, paper. */

const COLOURS = `
:root{color-scheme:light dark;--page:#fff;--ink:#1b1f24;--quiet:#565d66;--line:#dfe3e8;
--shade:#f6f7f9;--link:#0b62a8;--error:#a1260d;
--keyword:#cf222e;--string:#0a3069;--constant:#0550ae;--function:#8250df;--comment:#59636e;
--serif:Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif",Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
--mono:ui-monospace,"Cascadia Code","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media screen and (prefers-color-scheme:dark){:root{--page:#15181d;--ink:#e3e6ea;--quiet:#a4abb5;
--line:#30363f;--shade:#1d2128;--link:#7fc0f2;--error:#ff9c8a;
--keyword:#ff7b72;--string:#a5d6ff;--constant:#79c0ff;--function:#d2a8ff;--comment:#9198a1}}`;

const TEXT = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0;background:var(--page);color:var(--ink);font:1.125rem/1.62 var(--serif);
text-rendering:optimizeLegibility;hanging-punctuation:first}
a{color:var(--link);text-underline-offset:.16em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
h1,h2,h3,h4,h5,h6{font-family:var(--sans);line-height:1.22;letter-spacing:-.012em;font-weight:680;
text-wrap:balance;overflow-wrap:break-word}
h2{font-size:1.5rem;margin:3.2rem 0 .9rem}
h3{font-size:1.2rem;margin:2.2rem 0 .6rem}
h4,h5,h6{font-size:1.05rem;margin:1.8rem 0 .5rem}
p,ul,ol,blockquote,pre,figure,.scroll,details{margin:0 0 1.25rem}
p,li{overflow-wrap:break-word}
p,li,figcaption{hanging-punctuation:first}
li{margin:.3rem 0}
ul,ol{padding-left:1.5rem}
li>p{margin-bottom:.6rem}
blockquote{border-left:3px solid var(--line);padding-left:1.1rem;margin-left:0;color:var(--quiet)}
hr{border:0;border-top:1px solid var(--line);margin:3rem 0}
img{max-width:100%;height:auto;background:#fff}
code,samp,kbd{font-family:var(--mono);font-size:.84em}
:not(pre)>code{background:var(--shade);border-radius:4px;padding:.12em .32em;overflow-wrap:anywhere}
.anchor{margin-left:.4em;color:var(--quiet);font-weight:400;text-decoration:none;opacity:0}
:is(h2,h3,h4,h5,h6):hover .anchor,.anchor:focus{opacity:1}
.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
math{font-family:"STIX Two Math","Cambria Math","Latin Modern Math",math;font-size:1.06em}
.tex.display{display:block;overflow:auto hidden;padding:.3rem 0;margin:1rem 0}
.tex.wide{display:inline-block;max-width:100%;overflow:auto hidden;vertical-align:bottom}
.tml-right{text-align:right}.tml-left{text-align:left}.tml-jot mtd{padding-block:.35ex}
.contains-task-list{list-style:none;padding-left:.3rem}`;

const PARTS = `
pre{overflow-x:auto;font-size:.94rem;line-height:1.55;background:var(--shade);border-radius:8px;
padding:.95rem 1.15rem;tab-size:2}
pre code,pre samp{font-size:.9em}
.s-keyword{color:var(--keyword)}.s-string{color:var(--string)}.s-constant{color:var(--constant)}
.s-function{color:var(--function)}.s-comment{color:var(--comment)}
pre.output{background:none;border-left:3px solid var(--line);border-radius:0;color:var(--quiet);
padding:.2rem 0 .2rem 1.1rem;max-height:30rem}
pre.stderr,pre.error{border-color:var(--error)}
pre.error{color:var(--error)}
.note{font-family:var(--sans);font-size:.95rem;color:var(--quiet);font-style:italic}
.remark{font-family:var(--sans);font-size:.95rem;color:var(--quiet);border-left:3px solid var(--line);
padding-left:1.1rem}
.scroll{overflow-x:auto;background:linear-gradient(to left,var(--page),var(--page)) 100% 0/1.2rem
100% no-repeat local,linear-gradient(to left,var(--line),transparent) 100% 0/.9rem 100% no-repeat}
table{border-collapse:collapse;font:.88rem/1.45 var(--sans);font-variant-numeric:tabular-nums}
caption{caption-side:top;text-align:left;color:var(--quiet);padding:0 0 .5rem}
th,td{padding:.42rem .9rem .42rem 0;text-align:left;vertical-align:top}
th:not(:first-child),td:not(:first-child){padding-left:.6rem}
tbody th,tbody td{border-top:1px solid var(--line)}
thead th{vertical-align:bottom;font-weight:640}
tbody th{font-weight:560}
.long{min-width:20rem}
th small{font-weight:400;color:var(--quiet)}
[align=right]{text-align:right}[align=center]{text-align:center}
details{font-family:var(--sans);font-size:.95rem}
details details{font-size:1em}
summary{cursor:pointer;color:var(--quiet);width:fit-content}
summary:hover{color:var(--ink)}
details[open]>summary{margin-bottom:.6rem}
figure{margin:2rem 0 2.2rem}
figure .title{font:660 1.02rem/1.35 var(--sans);margin:0 0 .15rem;text-wrap:balance}
figure .subtitle{font:.88rem/1.45 var(--sans);color:var(--quiet);margin:0 0 .5rem}
figcaption{font:.88rem/1.5 var(--sans);color:var(--quiet);margin:.6rem 0 0;text-wrap:pretty}
figure details{font-size:.88rem;margin:.5rem 0 0}
figure details .scroll{max-height:24rem;overflow:auto}
.drawing{margin-inline:-8px}
.drawing svg{display:block;max-width:100%;height:auto}
.drawing.narrow,.drawing.dark{display:none}
.explored .still{display:none}
.explore{margin-inline:-8px;overflow-x:auto}
.explore svg{display:block;max-width:100%;height:auto}
.vega-bindings{padding:.5rem 8px 0;font:.88rem/1.5 var(--sans)}
.vega-bind label{display:grid;grid-template-columns:minmax(9rem,1fr) minmax(7rem,2fr) 3.5rem;gap:0 .8rem;
align-items:center}
.vega-bind input{width:100%;accent-color:var(--link)}`;

const LAYOUT = `
.page{max-width:42.5rem;margin:0 auto;padding:2.2rem 0 4rem}
@media (max-width:46rem){.page{padding:1.4rem 16px 3rem}}
header{margin-bottom:2.4rem}
h1{font-size:clamp(1.9rem,1.3rem + 2.6vw,2.7rem);line-height:1.12;letter-spacing:-.022em;margin:0 0 .9rem}
.home,.facts,.contents,.neighbours,footer{font-family:var(--sans);font-size:.92rem;color:var(--quiet)}
.home{margin:0 0 2.6rem}
.home a,.contents a,.cards a{text-decoration:none}
.home a:hover,.contents a:hover,.cards a:hover{text-decoration:underline}
.lead{font-size:1.27rem;line-height:1.5;color:var(--quiet);margin:0 0 1rem;text-wrap:pretty}
.facts{margin:0}
.contents{border-top:1px solid var(--line);border-bottom:1px solid var(--line);padding:1rem 0;
margin:0 0 2.4rem}
.contents h2{font-size:.92rem;margin:0 0 .3rem;letter-spacing:0}
.contents ol{list-style:none;margin:0;padding:0;columns:17rem;column-gap:2rem}
.contents li{margin:0;padding:.16rem 0;break-inside:avoid;line-height:1.4}
footer{border-top:1px solid var(--line);margin-top:4rem;padding-top:1rem}
.neighbours{margin-top:4rem}.neighbours p{margin:0 0 .4rem}.neighbours+footer{margin-top:1rem}
@media screen and (min-width:64rem){main>pre:not(.output){margin-inline:-3.5rem;padding-inline:3.5rem}
:is(main,main>div)>.scroll{margin-right:-3.5rem}}
@media screen and (min-width:84rem){.contents{position:fixed;top:7rem;left:calc(50% + 26.5rem);width:14rem;
max-height:calc(100vh - 9rem);overflow-y:auto;border:0;padding:0}.contents ol{columns:1}}
@media (max-width:34rem){body{font-size:1.06rem}h2{font-size:1.35rem;margin-top:2.6rem}
.lead{font-size:1.15rem}pre{font-size:.86rem;padding:.85rem .95rem}
.drawing.wide{display:none}.drawing.narrow{display:block}
.drawing.narrow svg{width:100%;max-width:26rem}}
@media screen and (prefers-color-scheme:dark){.drawing.light{display:none}
.drawing.dark{display:block}.drawing.narrow.dark{display:none}}
@media screen and (max-width:34rem) and (prefers-color-scheme:dark){.drawing.wide.dark,
.drawing.narrow.light{display:none}.drawing.narrow.dark{display:block}}
.cards{list-style:none;padding:0;margin:0}
.cards li{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:0 1.6rem;margin:0 0 2.4rem;align-items:start}
.cards h2{font-size:1.25rem;margin:0 0 .3rem}
.cards p{margin:0 0 .4rem;font-size:1rem;line-height:1.5}
.cards img{display:block;width:100%;aspect-ratio:1.6;object-fit:contain;border:1px solid var(--line)}
.cards .bare{grid-column:1/-1}
@media (max-width:34rem){.cards li{grid-template-columns:minmax(0,1fr)}.cards img{margin-bottom:.8rem}}
@media print{body{font-size:10.5pt}.page{max-width:none;padding:0}.home,.contents,.neighbours,.anchor,
details.data{display:none}pre{white-space:pre-wrap;max-height:none!important;border:1px solid #ddd}
.scroll{overflow:visible}pre,figure,table{break-inside:avoid}h2,h3{break-after:avoid}
a{color:inherit}.drawing.wide{display:block}.drawing.narrow{display:none}
header a[href^=http]::after{content:" (" attr(href) ")"}}`;

/** The whole sheet. */
export const STYLE = [COLOURS, TEXT, PARTS, LAYOUT].join("").trim();
