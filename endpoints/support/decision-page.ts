import type { Answer } from './answer'

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`)

/** A small page for links in mails: what it is about, and buttons that each carry out one answer. Looking at it changes nothing. */
export type DecisionPage = {
  /** English unless it says otherwise. */
  language?: string
  title: string
  lines: readonly string[]
  /** Each sends a POST to its address. */
  buttons: readonly { label: string; action: string }[]
  /** A button leads on to another host: browsers ask the policy for forms about that as well. */
  leadsAway?: boolean
}

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
button{font:inherit;padding:.6rem 1.1rem;border:2px solid #1a1a1a;border-radius:.4rem;background:#fff;color:#1a1a1a;cursor:pointer}
button:first-of-type{margin-right:.5rem}form{display:inline-block;margin:.25rem .5rem .25rem 0}form:first-of-type button{background:#1a1a1a;color:#fff}`

const render = ({ language = 'en', title, lines, buttons }: DecisionPage): string => `<!doctype html>
<html lang="${escape(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${escape(title)}</title><style>${style}</style></head>
<body><main><h1>${escape(title)}</h1>
${lines.map((line) => `<p>${escape(line)}</p>`).join('\n')}
${buttons.map(({ label, action }) => `<form method="post" action="${escape(action)}"><button>${escape(label)}</button></form>`).join('\n')}
</main></body>
</html>
`

/** The headers of a page, for the document. */
export const decisionPageHeaders = {
  'Referrer-Policy': 'Its address holds a key',
  'Content-Security-Policy': 'Nothing but the page itself, and forms that come back here',
} as const

export const decisionPage = (page: DecisionPage, status = 200): Answer => ({
  status,
  body: render(page),
  contentType: 'text/html; charset=utf-8',
  headers: {
    // Its address holds a key; where it leads is nobody's business. (`no-referrer` would take the origin from its own forms, too.)
    'Referrer-Policy': 'same-origin',
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      `form-action 'self'${page.leadsAway ? ' https: http:' : ''}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
  },
})
