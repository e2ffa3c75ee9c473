"""How a page looks: one column that a phone holds too, in the colours that the reader's system has.

Every colour is a variable with a light and a dark value. Nothing is fetched: fonts are the
system's own, for mathematics those that know how to set it.
"""

from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --paper: #fdfdfb; --ink: #1d1d1f; --faint: #63666d; --line: #d9dbe0;
  --block: #f3f4f6; --accent: #0b57a4; --must: #9c2f0b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181c; --ink: #e5e6e9; --faint: #9ba0a9; --line: #3a3e46;
    --block: #20242b; --accent: #8ab8f5; --must: #f2a07b;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  overflow-wrap: break-word;
}
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; text-wrap: balance; }
h1 { font-size: 1.75rem; margin: 0.5rem 0 0.25rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 0.5rem; }
h3, h4, h5, h6 { font-size: 1.0625rem; margin: 1.5rem 0 0.25rem; }
header + article, article + article {
  margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem;
}
article > h2 { font-size: 1.5rem; margin-top: 1rem; }
article > h2 ~ section > h3 { font-size: 1.1875rem; margin-top: 2rem; }
.no { color: var(--accent); font-variant-numeric: tabular-nums; padding-right: 0.25em; }
.facts, .cited, .kind { color: var(--faint); font-size: 0.875rem; font-weight: normal; }
.facts, .cited { margin: 0 0 1rem; }
.kind { border: 1px solid var(--line); border-radius: 0.75em; padding: 0 0.5em; }
p, ul, ol, pre, blockquote, .formula, .scroll { margin: 0 0 1rem; }
ul, ol { padding-left: 1.5em; }
li > ul, li > ol { margin-bottom: 0; }
a { color: var(--accent); text-underline-offset: 0.15em; }
cite { font-style: italic; }
math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "Libertinus Math",
  "DejaVu Math TeX Gyre", math; font-size: 1.08em; }
.formula { overflow-x: auto; overflow-y: hidden; padding: 0.35rem 0; }
.formula math { margin: 0 auto; }
.held { white-space: nowrap; }
code { font: 0.9em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  background: var(--block); border-radius: 0.25em; padding: 0.1em 0.3em; }
pre { background: var(--block); border-radius: 0.5rem; padding: 0.75rem 1rem; overflow-x: auto;
  line-height: 1.25; }
pre code { padding: 0; background: none; line-height: inherit; font-size: 0.8125rem; }
blockquote { border-left: 3px solid var(--line); padding-left: 1rem; color: var(--faint); }
hr { border: 0; border-top: 1px solid var(--line); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9375rem; line-height: 1.45; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 1rem 0.4rem 0; }
th { border-bottom: 2px solid var(--line); }
tbody tr + tr td { border-top: 1px solid var(--line); }
.points ul { list-style: none; padding: 0; }
.points li { display: flex; gap: 0.75rem; margin-bottom: 0.4rem; }
.points p { margin: 0; }
.weight { flex: 0 0 3.5rem; color: var(--faint); font-size: 0.875rem; line-height: 1.95; }
.must { color: var(--must); font-weight: 600; }
.sources li, .examples li { margin-bottom: 0.3rem; }
.sources { font-size: 0.9375rem; }
nav ul { list-style: none; padding: 0; margin-top: 1.25rem; }
nav li { margin-bottom: 0.35rem; padding-left: 2.25rem; text-indent: -2.25rem; }
nav .no { display: inline-block; width: 1.95rem; text-indent: 0; padding: 0; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
:target { scroll-margin-top: 1rem; }
li:target { outline: 2px solid var(--accent); outline-offset: 0.2rem; }
.sheet { max-width: 80rem; font-size: 0.875rem; line-height: 1.4; }
.sheet > div { columns: 23rem; column-gap: 2.5rem; }
.sheet article, .sheet article + article { break-inside: avoid; margin: 0 0 1.25rem; border: 0;
  padding: 0; }
.sheet article > h2 { font-size: 1.15em; margin: 0 0 0.25rem; text-wrap: wrap; }
.sheet .formula { margin: 0; }
.sheet .formula math { margin: 0; }
.sheet ul { margin: 0; padding-left: 1.25em; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --faint: #555; --line: #ccc;
    --block: #f4f4f4; --accent: #000; --must: #000; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  header + article, article + article { break-before: page; border: 0; }
  .sheet { font-size: 8pt; }
  .sheet > div { columns: 2; column-gap: 1.5rem; }
  .sheet article + article { break-before: auto; }
  h1, h2, h3, h4 { break-after: avoid; }
  pre, table, .formula { break-inside: avoid; }
}
"""
