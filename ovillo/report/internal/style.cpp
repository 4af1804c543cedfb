#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

std::string_view style() {
  return R"(
:root{--ink:#1b1b1b;--soft:#55534f;--rule:#b9b4aa;--pale:#f5f2ec;--paper:#fffefb;--deep:#1f3a5f;--wine:#7a2331;--moss:#3d5a3c}
*{box-sizing:border-box}
html{background:#e9e6df;color:var(--ink);font:17px/1.55 "Source Serif 4","Source Serif Pro","Charis SIL","Noto Serif","Liberation Serif",Georgia,"Times New Roman",serif;-webkit-text-size-adjust:100%}
body{max-width:60rem;margin:2rem auto;padding:3.5rem 4.5rem 5rem;background:var(--paper);border:1px solid var(--rule);overflow-wrap:break-word}
h1{font-size:2.1rem;line-height:1.15;margin:.2rem 0 .6rem;font-weight:600}
h2{font-size:1.4rem;line-height:1.25;margin:3.6rem 0 1rem;padding-top:.8rem;border-top:2px solid var(--ink);font-weight:600}
h2.plain{border:0;margin:0 0 .4rem;padding:0;font-size:1rem}
h3{font-size:1.08rem;margin:1.8rem 0 .4rem;font-weight:600}
h4{font-size:1rem;margin:1.4rem 0 .3rem;font-weight:600}
.number{display:inline-block;min-width:2.1rem;color:var(--soft);font-weight:400}
p{margin:.5rem 0 .8rem;max-width:44rem}
a{color:var(--deep);text-decoration-thickness:1px;text-underline-offset:2px}
a:focus-visible,summary:focus-visible{outline:3px solid var(--deep);outline-offset:2px}
code{font:.82em/1.4 "Liberation Mono","DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
.handling{max-width:none;margin:0 0 2.2rem;padding:.35rem .8rem;border:2px solid var(--wine);color:var(--wine);font-size:.9rem}
.kicker{margin:0;color:var(--soft);font-size:1rem}
.standfirst{font-size:1.1rem;color:var(--soft)}
.notice{margin:1.8rem 0;padding:.9rem 1.3rem;background:var(--pale);border-left:4px solid var(--deep)}
.notice p{margin:.4rem 0}
nav{margin:1.8rem 0 0;font-size:.95rem}
nav ol,nav ul{margin:.2rem 0;padding-left:2rem;columns:2;column-gap:2.5rem}
nav ul{list-style:none;padding-left:.7rem}
nav li{break-inside:avoid;padding:.08rem 0}
.tag{display:inline-block;vertical-align:.15em;padding:.02rem .45rem;border:1px solid var(--soft);border-radius:2px;font-size:.72rem;line-height:1.45;font-weight:400;color:var(--soft);white-space:nowrap}
.tag.inference{border-style:dashed}
.tag.fact,.tag.assessment{border-style:double;border-width:3px}
.aside,.basis,.explained,.none,.bias{color:var(--soft)}
.aside{font-size:.86em}
.none{font-style:italic}
table{border-collapse:collapse;width:100%;margin:.6rem 0 1.4rem;font-size:.9rem;line-height:1.42}
caption{text-align:left;padding:.3rem 0 .5rem;color:var(--soft);font-size:.95rem}
caption strong{color:var(--ink)}
th,td{text-align:left;vertical-align:top;padding:.32rem .6rem .32rem 0;border-bottom:1px solid #ddd8cd}
thead th{border-bottom:1.5px solid var(--ink);font-weight:600}
tbody th{font-weight:600}
.reading tbody th{width:11rem}
.right{text-align:right;padding-right:1rem;white-space:nowrap;font-variant-numeric:tabular-nums}
td.value{overflow-wrap:anywhere}
.members th:first-child{width:3rem}
.members th:nth-child(2){width:8rem}
.members th:last-child{width:15rem}
td.when{white-space:nowrap}
td.words{font-size:.86rem}
.hashes{font-size:.85rem}
.term{color:var(--soft)}
tbody:target,tr:target,article:target{background:#fdf3cf}
.side{margin:1.6rem 0 0;padding:.1rem 0 .1rem 1.2rem;border-left:4px solid var(--rule)}
.side h3{margin-top:.2rem}
.side.urgent{border-left-color:var(--wine);border-left-width:8px}
.side.for{border-left-color:var(--wine)}
.side.against{border-left-color:var(--moss)}
.side.organisation{border-left-color:var(--deep)}
.side.not_known{border-left-style:dashed}
.signs{list-style:none;margin:0;padding:0}
.sign{margin:1rem 0 1.2rem}
.sentence{margin:0 0 .2rem;font-weight:600}
.quotes{margin:.2rem 0 .3rem;padding-left:1.1rem;font-size:.94rem}
.quotes li{padding:.04rem 0}
q{font-style:italic;quotes:"“" "”"}
.basis{font-size:.86rem;margin:.2rem 0}
.bias{display:block}
figure{margin:1.2rem 0 1.6rem}
figcaption{font-size:.92rem;color:var(--soft);max-width:46rem}
figcaption strong{color:var(--ink)}
svg.chart,svg.strip{display:block;width:100%;height:auto;background:#fff;border:1px solid var(--rule)}
svg text{font-family:"Liberation Sans",Arial,Helvetica,sans-serif}
.link{stroke:#b3aea4;stroke-width:.8}
.link.middle{stroke:#96918a;stroke-width:1.5}
.link.thick{stroke:#3f3d39;stroke-width:3.4}
.link.identity{stroke:#1b1b1b;stroke-width:6}
.link.gap{stroke:#fff;stroke-width:2.4}
.node{stroke:#1b1b1b;stroke-width:1.4;fill:#fff}
.node.phone{fill:#cfe0f2}
.node.online{fill:#dcd6ee}
.node.money{fill:#f6dfae}
.node.account{fill:#f1ede4}
.node.hand{fill:#d5e6d2}
.node.company{fill:#f3d3c8}
.node.thing{fill:#e3e3e3}
.ring{fill:none;stroke:#1b1b1b;stroke-width:1}
.digit{font-size:12.5px;text-anchor:middle;fill:#111}
.label{font-size:12.5px;text-anchor:middle;fill:#111;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;list-style:none;margin:.5rem 0 .6rem;padding:0;font-size:.86rem}
.legend li{display:flex;align-items:center;gap:.4rem}
.legend svg{width:1.5rem;height:1.5rem}
.bar{fill:#5b7696}
.grid{stroke:#cfcac0;stroke-dasharray:3 3}
.base{stroke:#1b1b1b}
.axis{font-size:12.5px;text-anchor:middle;fill:#333}
.axis.end{text-anchor:end}
dl{display:grid;grid-template-columns:11rem 1fr;gap:.12rem 1rem;margin:.4rem 0;font-size:.92rem;line-height:1.45}
dt{color:var(--soft)}
dd{margin:0;min-width:0;overflow-wrap:anywhere}
.exhibit{display:inline-block;min-width:2.2rem;padding:0 .4rem;margin-right:.35rem;border:1.5px solid var(--ink);font-size:.92em;text-align:center;font-variant-numeric:tabular-nums}
.record{margin:1.1rem 0;padding-top:.7rem;border-top:1px solid #ddd8cd}
.record h3{margin:0 0 .25rem;font-size:1rem}
.place{margin:.1rem 0 .3rem;font-size:.84rem;line-height:1.45;color:var(--soft);max-width:none}
summary{cursor:pointer;color:var(--deep);font-size:.92rem}
details[open]>summary{margin-bottom:.4rem}
.text{white-space:pre-wrap}
mark{background:#ffeb99;color:inherit;padding:0 .08em;border-bottom:1.5px solid #8a6d00}
.one-text{margin:1.6rem 0 2.2rem;padding-top:.4rem;border-top:1px solid #ddd8cd}
.one-text svg.strip{margin:.5rem 0 .7rem}
.template{max-width:none;margin:.5rem 0;padding:.7rem 1rem;background:var(--pale);border-left:4px solid var(--moss)}
.slot{display:inline-block;padding:0 .4em;border:1px dashed var(--soft);border-radius:2px;background:#ffeb99;font-size:.82em;line-height:1.35;white-space:nowrap}
.hidden-character{display:inline-block;padding:0 .25em;border:1px solid var(--wine);color:var(--wine);font:.72em/1.3 "Liberation Mono",monospace}
.steps li,.plainlist li{max-width:44rem;margin:.4rem 0}
.blanks{grid-template-columns:15rem 1fr;gap:0 1rem}
.blanks dt{padding-top:1.6rem}
.blanks dd{border-bottom:1px solid var(--ink);min-height:3rem}
@media (max-width:50rem){body{margin:0;padding:1.5rem 1.1rem;border:0}dl,.blanks{grid-template-columns:1fr}dd{margin-bottom:.4rem}nav ol,nav ul{columns:1}.data{display:block;overflow-x:auto}}
@media print{
@page{size:A4;margin:22mm 20mm 22mm 24mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt "Liberation Serif",serif}}
html{background:#fff;font-size:10.5pt}
body{margin:0;padding:0;border:0;max-width:none;background:#fff}
a{color:inherit;text-decoration:none}
h1,h2,h3,h4{break-after:avoid}
h2{margin-top:2rem}
figure,.sign,.source,.one-text h3,.template,svg.strip,.indicator,tr,.place,.blanks dd,.notice{break-inside:avoid}
.sign:has(.quotes li:nth-child(8)){break-inside:auto}
thead{display:table-header-group}
details::details-content{content-visibility:visible;display:block;block-size:auto}
summary{list-style:none;color:var(--soft)}
summary::-webkit-details-marker{display:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
#exhibits,#indicators{break-before:page}
}
)";
}

}  // namespace ovillo::report
