import { htmlResponse } from '../shared/page-layout'
import type { Page } from '../shared/start-sandbox'
import { emailsTo } from './control'
import { inboxPage, inboxScript, inboxStyles, mailPage, notFoundPage } from './inbox-pages'
import type { StoredEmail } from './sandbox-state'
import type { World } from './world'

const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'",
  'x-content-type-options': 'nosniff',
}

/** A mail is the work of strangers: it is shown where nothing runs and nothing is sent. */
const mailHeaders = {
  'content-security-policy':
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:",
  'x-content-type-options': 'nosniff',
}

const missing = (): Response => htmlResponse(notFoundPage(), 404, pageHeaders)

const asset = (content: string, type: string): Response =>
  new Response(content, { headers: { 'content-type': `${type}; charset=utf-8` } })

const showMail = (email: StoredEmail, query: URLSearchParams): Response =>
  htmlResponse(mailPage(email, query.get('view') === 'text' || email.html === null ? 'text' : 'html'), 200, pageHeaders)

const download = ({ attachments }: StoredEmail, index: string): Response => {
  const attachment = attachments[Number(index)]
  if (!attachment) return missing()
  return new Response(new Uint8Array(Buffer.from(attachment.content, 'base64')), {
    headers: {
      'content-type': attachment.contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
      'x-content-type-options': 'nosniff',
    },
  })
}

/** The pages on which people read the mails. */
export const inboxOf = ({ store: { state } }: World): Page[] => {
  const withMail =
    (show: (email: StoredEmail, request: Request, rest: string) => Response): Page['handle'] =>
    (request, id = '', rest = '') => {
      const email = state.emails.find((one) => one.id === id)
      return email ? show(email, request, rest) : missing()
    }
  return [
    {
      path: '/',
      handle: (request) => {
        const to = new URL(request.url).searchParams.get('to') ?? undefined
        return htmlResponse(inboxPage({ emails: emailsTo(state.emails, to), to }), 200, pageHeaders)
      },
    },
    { path: '/inbox.css', handle: () => asset(inboxStyles, 'text/css') },
    { path: '/inbox.js', handle: () => asset(inboxScript, 'text/javascript') },
    { path: '/inbox/:id', handle: withMail((email, request) => showMail(email, new URL(request.url).searchParams)) },
    {
      path: '/inbox/:id/html',
      handle: withMail(({ html }) => (html ? htmlResponse(html, 200, mailHeaders) : missing())),
    },
    { path: '/inbox/:id/attachments/:index', handle: withMail((email, _, index) => download(email, index)) },
  ]
}
