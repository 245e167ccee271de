import { html, type SafeHtml } from '../shared/html'
import { baseStyles, pageLayout } from '../shared/page-layout'
import { timeText } from '../shared/page-parts'
import { bareAddress } from './parse-email'
import type { StoredEmail } from './sandbox-state'

const page = (title: string, body: SafeHtml): string =>
  pageLayout({
    title,
    notice: html`<a href="/">Mail</a> sandbox: nothing leaves this machine`,
    linked: { stylesheet: '/inbox.css', script: '/inbox.js' },
    body,
  })

const time = ({ createdAt }: StoredEmail): SafeHtml => html`${timeText(Date.parse(createdAt))} UTC`

const addresses = (list: readonly string[]): SafeHtml[] =>
  list.map(
    (one, index) => html`${index ? ', ' : null}<a href="/?to=${encodeURIComponent(bareAddress(one))}">${one}</a>`,
  )

const listed = (email: StoredEmail): SafeHtml =>
  html`<li>
    <a class="mail" href="/inbox/${email.id}"
      ><span class="subject"
        >${email.subject} ${email.attachments.length ? html`<span class="file">with attachment</span>` : null}</span
      >
      <span class="meta"><span>${email.to.join(', ')}</span><span>${time(email)}</span></span></a
    >
  </li>`

/** The list, newest first. `emails` are those to show already. */
export const inboxPage = ({ emails, to }: { emails: readonly StoredEmail[]; to: string | undefined }): string =>
  page(
    'Mail',
    html`<h1>Inbox</h1>
      <form class="search" action="/" role="search">
        <label for="to">Mails to</label>
        <input id="to" name="to" type="search" value="${to}" placeholder="jo@example.com" /><button>Show</button>
        ${to ? html`<a href="/">Show all</a>` : null}
      </form>
      <div id="list" data-watch="${emails.at(-1)?.id}">
        ${
          emails.length
            ? html`<ul class="list">
                ${[...emails].reverse().map(listed)}
              </ul>`
            : html`<p class="soft">No mail${to ? ' to this address' : null} yet. It appears here by itself.</p>`
        }
      </div>`,
  )

const row = (label: string, value: string | readonly SafeHtml[]): SafeHtml | null =>
  value.length === 0
    ? null
    : html`<tr>
        <th scope="row">${label}</th>
        <td>${value}</td>
      </tr>`

/** One mail: its head, its body in a frame that may run nothing, its attachments. */
export const mailPage = (email: StoredEmail, view: 'html' | 'text'): string => {
  const path = `/inbox/${encodeURIComponent(email.id)}`
  const tab = (name: 'html' | 'text', label: string): SafeHtml | null =>
    email[name] === null
      ? null
      : html`<a href="${path}?view=${name}" ${view === name ? html`aria-current="page"` : null}>${label}</a>`
  const attachments = email.attachments.map(
    ({ filename, contentType }, index) =>
      html`<li>
        <a href="${path}/attachments/${index}" download>${filename}</a> <span class="soft">${contentType}</span>
      </li>`,
  )
  return page(
    email.subject,
    html`<p><a href="/">← Inbox</a></p>
      <h1>${email.subject}</h1>
      <table class="head">
        <tbody>
          ${row('From', email.from)} ${row('To', addresses(email.to))} ${row('Cc', addresses(email.cc))}
          ${row('Bcc', addresses(email.bcc))} ${row('Reply to', addresses(email.replyTo))} ${row('Sent', [time(email)])}
          ${row(
            'Headers',
            Object.entries(email.headers).map(([name, value]) => html`${name}: ${value}<br />`),
          )}
          ${row('Tags', email.tags.map(({ name, value }) => `${name}=${value}`).join(', '))}
          ${row('Key', email.idempotencyKey ?? '')}
        </tbody>
      </table>
      ${
        attachments.length
          ? html`<h2>Attachments</h2>
              <ul class="attachments">
                ${attachments}
              </ul>`
          : null
      }
      <nav class="tabs" aria-label="Versions">${tab('html', 'HTML')}${tab('text', 'Plain text')}</nav>
      ${
        view === 'html' && email.html !== null
          ? html`<iframe
              title="The mail"
              src="${path}/html"
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            ></iframe>`
          : html`<pre>${email.text}</pre>`
      }`,
  )
}

export const notFoundPage = (): string =>
  page(
    'Not found',
    html`<h1>There is no such mail.</h1>
      <p><a href="/">Inbox</a></p>`,
  )

export const inboxStyles = `${baseStyles.html}
h1{overflow-wrap:anywhere}
.notice a{color:inherit}
.search{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-bottom:1rem}
.search label,.search input:not([type=radio],[type=checkbox]){display:inline-block;width:auto;margin:0}
.list,.attachments{list-style:none;margin:0;padding:0}
.list{border:1px solid var(--line);border-radius:.75rem;overflow:hidden;background:var(--paper)}
.list li+li{border-top:1px solid var(--line)}
.mail{display:block;padding:.75rem 1rem;color:inherit;text-decoration:none}
.mail:hover,.mail:focus-visible{background:var(--wash)}
.subject{display:block;font-weight:600;overflow-wrap:anywhere}
.meta{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;color:var(--soft);font-size:.875rem}
.file{font-size:.75rem;font-weight:400;color:var(--soft);border:1px solid var(--line);border-radius:999px;padding:1px .5rem;white-space:nowrap}
.head{font-size:.95rem}
.head th,.head td{border:0;padding:.1rem 1.25rem .1rem 0}
.head th{font-weight:400;white-space:nowrap;width:1%}
.head td{overflow-wrap:anywhere}
.tabs{display:flex;gap:1rem;margin:1.25rem 0 .5rem}
.tabs a[aria-current]{color:inherit;font-weight:700;text-decoration:none}
iframe,pre{width:100%;border:1px solid var(--line);border-radius:.75rem;background:#fff}
iframe{height:75vh}
pre{padding:1rem;background:var(--paper);white-space:pre-wrap;overflow-wrap:anywhere}
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
