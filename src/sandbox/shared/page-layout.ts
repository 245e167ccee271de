import { html, type SafeHtml } from './html'

/** What all pages look like. */
export const baseStyles: SafeHtml = {
  html: `
:root{color-scheme:light dark;--ink:#1b1f2a;--soft:#5b6474;--line:#d7dce5;--paper:#fff;--wash:#f4f6fa;--accent:#3b4cca;--on-accent:#fff;--bad:#a81e2d;--good:#13653f}
@media (prefers-color-scheme:dark){:root{--ink:#eceff6;--soft:#a7b0c2;--line:#3a4356;--paper:#171b25;--wash:#10131b;--accent:#9aa6ff;--on-accent:#10131b;--bad:#ff98a2;--good:#7fdcae}}
*{box-sizing:border-box}
body{margin:0;background:var(--wash);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
a{color:var(--accent)}
h1{font-size:1.35rem;line-height:1.25;margin:0 0 .5rem}
h2{font-size:1.05rem;margin:2rem 0 .5rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.notice{background:var(--ink);color:var(--paper);text-align:center;padding:.4rem 1rem;font-size:.875rem}
.soft{color:var(--soft)}
.small{font-size:.875rem}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1.5rem}
.narrow{max-width:34rem;margin:0 auto}.spaced{margin-top:1rem}
.columns{display:grid;gap:1.5rem}
@media (min-width:48rem){.columns{grid-template-columns:minmax(0,5fr) minmax(0,6fr);align-items:start}main{padding-top:3rem}}
.total{font-size:2rem;font-weight:650;margin:.25rem 0 1rem;font-variant-numeric:tabular-nums}
dl.items{margin:0}dl.items div{display:flex;justify-content:space-between;gap:1rem;padding:.6rem 0;border-top:1px solid var(--line)}dl.items dd{margin:0;font-variant-numeric:tabular-nums;white-space:nowrap}
label{display:block;font-weight:550;margin-top:1rem}
input:not([type=radio],[type=checkbox]),select{display:block;width:100%;margin-top:.3rem;padding:.65rem .75rem;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:.5rem;min-height:2.75rem}
input[aria-invalid=true]{border-color:var(--bad);border-width:2px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem;align-items:start}
fieldset{border:0;padding:0;margin:1rem 0 0}legend{font-weight:550;padding:0}
.choice{display:flex;align-items:center;gap:.6rem;font-weight:400;margin:.4rem 0 0;padding:.65rem .75rem;border:1px solid var(--line);border-radius:.5rem}
button{font:inherit;cursor:pointer;border-radius:.5rem;border:1px solid var(--soft);background:var(--paper);color:inherit;padding:.35rem .7rem;min-height:2rem}
button.main{width:100%;margin-top:1.5rem;padding:.8rem;min-height:3rem;border:0;background:var(--accent);color:var(--on-accent);font-weight:650}
.error{color:var(--bad);margin:.3rem 0 0;font-size:.9rem}
.alert{border:1px solid var(--bad);border-left-width:4px;border-radius:.5rem;padding:.7rem .9rem;margin:0 0 1rem}
details{margin-top:1.25rem}summary{cursor:pointer}
table{width:100%;border-collapse:collapse;font-size:.875rem}th,td{text-align:left;padding:.4rem .6rem .4rem 0;border-top:1px solid var(--line);vertical-align:top}th{border-top:0;color:var(--soft);font-weight:550}
.scroll{overflow-x:auto}
code{font-size:.85em;overflow-wrap:anywhere}code.whole{white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--bad)}
form.inline{display:inline}
td details{margin:0}
@media (max-width:44rem){
table.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.cards,table.cards tbody,table.cards tr,table.cards td{display:block}
table.cards tr{border-top:1px solid var(--line);padding:.5rem 0}
table.cards td{border:0;padding:.15rem 0;overflow-wrap:anywhere}
table.cards td::before{content:attr(data-label) ": ";color:var(--soft)}
table.cards td:empty{display:none}
}
.buttons{display:flex;flex-wrap:wrap;gap:.5rem}td button{margin:0 .4rem .25rem 0}td a{margin-right:.4rem}
`,
}

/**
 * A whole page of a sandbox. `notice` stands at its top: that nothing here is real. `extra`: styles of this page alone.
 * `linked`: its styles and its script, for pages that may have none in themselves.
 */
export const pageLayout = (page: {
  title: string
  notice: SafeHtml | string
  body: SafeHtml
  extra?: SafeHtml
  linked?: { stylesheet: string; script: string }
}): string =>
  `<!doctype html>${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title}</title>
        ${
          page.linked
            ? html`<link rel="stylesheet" href="${page.linked.stylesheet}" />
                <script src="${page.linked.script}" defer></script>`
            : html`<style>
                ${baseStyles}${page.extra}
              </style>`
        }
      </head>
      <body>
        <header class="notice">${page.notice}</header>
        <main>${page.body}</main>
      </body>
    </html>`.html
  }`

export const htmlResponse = (page: string, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(page, {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
  })
