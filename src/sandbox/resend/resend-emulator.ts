import { defineEmulator } from 'emulate'
import { acceptEmail } from './accept-email'
import { type Faults, mailFault, type MailFault } from './faults'
import { inboxPage, inboxScript, inboxStyles, mailPage, notFoundPage } from './inbox-pages'
import type { Journal } from './journal'
import { bareAddress } from './parse-email'
import { Refusal } from './refusal'
import { createSandboxState, type SandboxState, type StoredEmail } from './sandbox-state'

const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'",
  'x-content-type-options': 'nosniff',
}

/** A mail is the work of strangers: it is shown where nothing runs and nothing is sent. */
const mailHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:",
  'x-content-type-options': 'nosniff',
}

/** An answer whose connection breaks: for the client as good as none. */
const brokenAnswer = (): Response =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new Error('The connection was broken on purpose.')),
    }),
    { headers: { 'content-type': 'application/json' } },
  )

/** A mail as Resend lists it. */
const presentListed = (email: StoredEmail) => ({
  id: email.id,
  to: email.to,
  from: email.from,
  created_at: email.createdAt,
  subject: email.subject,
  bcc: email.bcc,
  cc: email.cc,
  reply_to: email.replyTo,
  last_event: 'delivered',
  scheduled_at: null,
})

const present = (email: StoredEmail) => ({
  object: 'email',
  ...presentListed(email),
  html: email.html,
  text: email.text,
  tags: email.tags,
})

/** Where mails go, whoever of to, cc and bcc it is. */
export const emailsTo = (state: SandboxState, to: string | undefined): StoredEmail[] =>
  to
    ? state.emails.filter((email) =>
        [...email.to, ...email.cc, ...email.bcc].some((one) => bareAddress(one) === to.trim().toLowerCase()),
      )
    : state.emails

const answerOf = (refusal: Refusal): Response =>
  Response.json(refusal.body, {
    status: refusal.status,
    headers: refusal.status === 429 ? { 'retry-after': '1' } : {},
  })

/** The client gave up, or the sandbox stops. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

const refusalOfFault: { [Kind in MailFault['kind']]?: () => Refusal } = {
  server_error: () => new Refusal('internal_server_error', 'An unexpected error occurred.'),
  rate_limit: () => new Refusal('rate_limit_exceeded', 'Too many requests.'),
  quota: () => new Refusal('daily_quota_exceeded', 'You have reached your daily email sending quota.'),
  concurrent: () => new Refusal('concurrent_idempotent_requests', 'The same key is being worked on.'),
  refuse: () => new Refusal('validation_error', 'Invalid `to` field.'),
}

/** The addresses in a body that may not have been checked yet. */
const claimedRecipients = (json: unknown): string[] => {
  const to = typeof json === 'object' && json !== null && 'to' in json ? json.to : []
  return (Array.isArray(to) ? to : [to]).map((one) => bareAddress(String(one)))
}

/**
 * Resend's API for sending mail, as far as Parley uses it, with an inbox for people and knobs for tests. Strict: what it
 * does not know it refuses.
 * @param options.apiKey only this key opens it; without it, every key that looks like one of Resend's.
 */
export const defineResendEmulator = ({
  faults,
  journal,
  apiKey,
}: {
  faults: Faults
  journal: Journal | null
  apiKey: string | undefined
}) =>
  defineEmulator<SandboxState>({
    name: 'resend-sandbox',
    state: createSandboxState,
    // Pages of other sites must not read the mails.
    cors: false,
    setup: ({ app, state, signal }) => {
      const checkAuthorization = (header: string | undefined): void => {
        const key = /^Bearer (\S+)$/.exec(header ?? '')?.[1]
        if (!key) {
          throw new Refusal('missing_api_key', 'Missing API key in the authorization header.')
        }
        if (apiKey === undefined ? !key.startsWith('re_') : key !== apiKey) {
          throw new Refusal('invalid_api_key', 'API key is invalid.')
        }
      }

      app.onError((error, c) => {
        if (!(error instanceof Refusal)) {
          return c.json({ statusCode: 500, name: 'application_error', message: 'The sandbox failed.' }, 500)
        }
        return answerOf(error)
      })
      app.notFound((c) => c.json(new Refusal('not_found', 'The requested endpoint does not exist').body, 404))

      app.post('/emails', async (c) => {
        checkAuthorization(c.req.header('authorization'))
        let json: unknown
        try {
          json = JSON.parse(await c.req.text())
        } catch {
          throw new Refusal('validation_error', 'The request body is not valid JSON.')
        }
        const fault = faults.take(claimedRecipients(json))
        if (fault?.kind === 'disconnect') return brokenAnswer()
        const refusal = fault && refusalOfFault[fault.kind]?.()
        // Answered, not thrown: what is thrown with a status of 500 is logged as a fault of the sandbox.
        if (refusal) return answerOf(refusal)
        const answer = acceptEmail(
          { state, journal },
          { json, idempotencyKey: c.req.header('idempotency-key'), now: Date.now() },
        )
        if (fault?.kind === 'lose') return brokenAnswer()
        if (fault?.kind === 'hang') await aborted(AbortSignal.any([signal, c.req.raw.signal]))
        return c.json(answer)
      })
      app.get('/emails', (c) => {
        checkAuthorization(c.req.header('authorization'))
        const limit = Math.min(Math.max(Number(c.req.query('limit') ?? 20) || 20, 1), 100)
        const newest = [...state.emails].reverse()
        return c.json({
          object: 'list',
          has_more: newest.length > limit,
          data: newest.slice(0, limit).map(presentListed),
        })
      })
      app.get('/emails/:id', (c) => {
        checkAuthorization(c.req.header('authorization'))
        const email = state.emails.find(({ id }) => id === c.req.param('id'))
        if (!email) throw new Refusal('not_found', 'Email not found')
        return c.json(present(email))
      })
      const refuseMethod = () => {
        throw new Refusal('method_not_allowed', 'Method is not allowed for the requested path.')
      }
      app.put('/emails', refuseMethod)
      app.patch('/emails', refuseMethod)
      app.delete('/emails', refuseMethod)

      const find = (id: string) => state.emails.find((email) => email.id === id)
      app.get('/', (c) => {
        const to = c.req.query('to') || undefined
        return c.html(inboxPage({ emails: emailsTo(state, to), to }), 200, pageHeaders)
      })
      app.get('/inbox.css', (c) => c.body(inboxStyles, 200, { 'content-type': 'text/css; charset=utf-8' }))
      app.get('/inbox.js', (c) => c.body(inboxScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
      app.get('/inbox/:id', (c) => {
        const email = find(c.req.param('id'))
        if (!email) return c.html(notFoundPage(), 404, pageHeaders)
        const view = c.req.query('view') === 'text' || email.html === null ? 'text' : 'html'
        return c.html(mailPage(email, view), 200, pageHeaders)
      })
      app.get('/inbox/:id/html', (c) => {
        const email = find(c.req.param('id'))
        return email?.html ? c.body(email.html, 200, mailHeaders) : c.html(notFoundPage(), 404, pageHeaders)
      })
      app.get('/inbox/:id/attachments/:index', (c) => {
        const attachment = find(c.req.param('id'))?.attachments[Number(c.req.param('index'))]
        if (!attachment) return c.html(notFoundPage(), 404, pageHeaders)
        return c.body(new Uint8Array(Buffer.from(attachment.content, 'base64')), 200, {
          'content-type': attachment.contentType,
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
          'x-content-type-options': 'nosniff',
        })
      })

      app.get('/_sandbox/emails', (c) => c.json(emailsTo(state, c.req.query('to') || undefined)))
      app.get('/_sandbox/latest', (c) =>
        c.json({ id: emailsTo(state, c.req.query('to') || undefined).at(-1)?.id ?? null }),
      )
      app.post('/_sandbox/clear', (c) => {
        state.emails.length = 0
        state.keys = {}
        journal?.clear()
        faults.clear()
        return c.body(null, 204)
      })
      app.post('/_sandbox/faults', async (c) => {
        const fault = mailFault.safeParse(await c.req.json())
        if (!fault.success) return c.json({ message: fault.error.issues[0]?.message }, 400)
        faults.add(fault.data)
        return c.body(null, 204)
      })
    },
  })
