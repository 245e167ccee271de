import { bareAddress } from './parse-email'
import type { StoredEmail } from './sandbox-state'

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="/inbox.css">
<script src="/inbox.js" defer></script>
</head>
<body>
<header><a class="home" href="/">Mail</a><span>sandbox: nothing leaves this machine</span></header>
<main>${body}</main>
</body>
</html>`

const time = (iso: string): string =>
  `<time datetime="${escape(iso)}">${escape(iso.replace('T', ' ').slice(0, 19))} UTC</time>`

const addresses = (list: readonly string[]): string =>
  list.map((one) => `<a href="/?to=${encodeURIComponent(bareAddress(one))}">${escape(one)}</a>`).join(', ')

/** The list, newest first. `emails` are those to show already. */
export const inboxPage = ({ emails, to }: { emails: readonly StoredEmail[]; to: string | undefined }): string => {
  const rows = [...emails].reverse().map(
    (email) => `<li><a class="mail" href="/inbox/${escape(email.id)}">
<span class="subject">${escape(email.subject)}${email.attachments.length ? ' <span class="file">with attachment</span>' : ''}</span>
<span class="meta"><span>${escape(email.to.join(', '))}</span>${time(email.createdAt)}</span></a></li>`,
  )
  const filter = `<form action="/" role="search"><label for="to">Mails to</label>
<input id="to" name="to" type="search" value="${escape(to ?? '')}" placeholder="jo@example.com"><button>Show</button>
${to ? '<a href="/">Show all</a>' : ''}</form>`
  const list = rows.length
    ? `<ul class="list">${rows.join('')}</ul>`
    : `<p class="empty">No mail${to ? ' to this address' : ''} yet. It appears here by itself.</p>`
  return page('Mail', `<h1>Inbox</h1>${filter}<div id="list" data-watch="${emails.at(-1)?.id ?? ''}">${list}</div>`)
}

/** One mail: its head, its body in a frame that may run nothing, its attachments. */
export const mailPage = (email: StoredEmail, view: 'html' | 'text'): string => {
  const path = `/inbox/${encodeURIComponent(email.id)}`
  const row = (label: string, value: string) => (value ? `<tr><th scope="row">${label}</th><td>${value}</td></tr>` : '')
  const details = Object.entries(email.headers).map(([name, value]) => `${name}: ${value}`)
  const tab = (name: 'html' | 'text', label: string) =>
    email[name] === null
      ? ''
      : `<a href="${path}?view=${name}"${view === name ? ' aria-current="page"' : ''}>${label}</a>`
  const attachments = email.attachments.map(
    ({ filename, contentType }, index) =>
      `<li><a href="${path}/attachments/${index}" download>${escape(filename)}</a> <span>${escape(contentType)}</span></li>`,
  )
  const body =
    view === 'html' && email.html !== null
      ? `<iframe title="The mail" src="${path}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
      : `<pre>${escape(email.text ?? '')}</pre>`
  return page(
    email.subject,
    `<p><a href="/">← Inbox</a></p><h1>${escape(email.subject)}</h1>
<table class="head"><tbody>
${row('From', escape(email.from))}
${row('To', addresses(email.to))}
${row('Cc', addresses(email.cc))}
${row('Bcc', addresses(email.bcc))}
${row('Reply to', addresses(email.replyTo))}
${row('Sent', time(email.createdAt))}
${row('Headers', details.map(escape).join('<br>'))}
${row('Tags', email.tags.map(({ name, value }) => escape(`${name}=${value}`)).join(', '))}
${row('Key', escape(email.idempotencyKey ?? ''))}
</tbody></table>
${attachments.length ? `<h2>Attachments</h2><ul class="attachments">${attachments.join('')}</ul>` : ''}
<nav class="tabs" aria-label="Versions">${tab('html', 'HTML')}${tab('text', 'Plain text')}</nav>
${body}`,
  )
}

export const notFoundPage = (): string =>
  page('Not found', '<h1>There is no such mail.</h1><p><a href="/">Inbox</a></p>')

export const inboxStyles = `
:root { color-scheme: light dark; --line: #d9dde3; --quiet: #5b6472; --page: #f6f7f9; --card: #fff; --text: #1f2937; --brand: #1d4ed8; }
@media (prefers-color-scheme: dark) {
  :root { --line: #374151; --quiet: #b6bdc9; --page: #111827; --card: #1f2937; --text: #f3f4f6; --brand: #93b4ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; gap: 12px; align-items: baseline; padding: 12px 20px; border-bottom: 1px solid var(--line); background: var(--card); }
header span, .meta, .attachments span { color: var(--quiet); font-size: 14px; }
.home { font-weight: 700; }
a { color: var(--brand); }
main { max-width: 860px; margin: 0 auto; padding: 8px 20px 40px; }
h1 { font-size: 22px; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin-bottom: 4px; }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 16px; }
input, button { font: inherit; padding: 6px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: inherit; }
.list, .attachments { list-style: none; margin: 0; padding: 0; }
.list { border: 1px solid var(--line); border-radius: 10px; overflow: hidden; background: var(--card); }
.list li + li { border-top: 1px solid var(--line); }
.mail { display: block; padding: 12px 16px; color: inherit; text-decoration: none; }
.mail:hover, .mail:focus-visible { background: var(--page); }
.subject { display: block; font-weight: 600; overflow-wrap: anywhere; }
.meta { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; }
.file { font-size: 12px; font-weight: 400; color: var(--quiet); border: 1px solid var(--line); border-radius: 999px; padding: 1px 8px; white-space: nowrap; }
.empty { color: var(--quiet); }
.head { border-collapse: collapse; font-size: 15px; }
.head th { text-align: left; font-weight: 400; color: var(--quiet); padding: 2px 20px 2px 0; vertical-align: top; white-space: nowrap; }
.head td { overflow-wrap: anywhere; }
.tabs { display: flex; gap: 16px; margin: 20px 0 8px; }
.tabs a[aria-current] { color: inherit; font-weight: 700; text-decoration: none; }
iframe, pre { width: 100%; border: 1px solid var(--line); border-radius: 10px; background: #fff; }
iframe { height: 75vh; }
pre { padding: 16px; background: var(--card); white-space: pre-wrap; overflow-wrap: anywhere; }
`

/** Times in the reader's zone; the list follows what comes in. */
export const inboxScript = `
for (const element of document.querySelectorAll('time')) {
  element.textContent = new Date(element.dateTime).toLocaleString()
}
const list = document.getElementById('list')
if (list) {
  setInterval(async () => {
    const to = new URLSearchParams(location.search).get('to') ?? ''
    const answer = await fetch('/_sandbox/latest?to=' + encodeURIComponent(to)).catch(() => null)
    if (answer?.ok && (await answer.json()).id !== (list.dataset.watch || null)) location.reload()
  }, 2000)
}
`
