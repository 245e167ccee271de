import { z } from 'zod'
import type { StripeSandboxControl } from './control'
import { apiFaultKinds } from './faults'
import { Refusal } from './refusal'

/** The control over HTTP, for the sandbox's own pages and for tests in other processes. Numbers may come as text. */

const integer = z.coerce.number().int()

type Action = { path: RegExp; run: (control: StripeSandboxControl, body: unknown, id: string) => unknown }

const action = <Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  run: (control: StripeSandboxControl, body: z.output<Schema>, id: string) => unknown,
): Action => ({
  path: new RegExp(`^/_sandbox/${path.replace(':id', '([^/]+)')}$`),
  run: (control, body, id) => run(control, schema.parse(body), id),
})

const nothing = z.strictObject({})
const text = z.string().min(1).max(500)
const done = { ok: true }

const actions: readonly Action[] = [
  action(
    'checkouts/:id/pay',
    z.strictObject({
      method: z.enum(['card', 'bank_debit']).optional(),
      number: z
        .string()
        .transform((value) => value.replace(/\s/g, ''))
        .optional(),
      email: text.optional(),
      name: text.optional(),
    }),
    (control, { method, number, ...who }, id) =>
      control.payCheckout(id, method === 'bank_debit' ? { ...who, method } : { ...who, number }),
  ),
  action('checkouts/:id/expire', nothing, (control, _, id) => (control.expireCheckout(id), done)),
  action(
    'debits/:id/settle',
    z.strictObject({ how: z.enum(['succeeded', 'failed']) }),
    (control, { how }, id) => (control.settleDebit(id, how), done),
  ),
  action('payment-intents/:id/refund', z.strictObject({ amount: integer.optional() }), (control, { amount }, id) =>
    control.refundFromDashboard(id, amount),
  ),
  action('refunds/:id/settle', nothing, (control, _, id) => (control.settleRefund(id), done)),
  action(
    'refunds/:id/fail',
    z.strictObject({ reason: text.optional() }),
    (control, { reason }, id) => (control.failRefund(id, reason), done),
  ),
  action('events/:id/resend', nothing, (control, _, id) => ({ ok: control.resendEvent(id) })),
  action(
    'clock',
    z.strictObject({ advanceMs: integer.min(0) }),
    (control, { advanceMs }) => (control.advanceClock(advanceMs), { now: control.now() }),
  ),
  action(
    'faults/api',
    z.strictObject({
      kind: z.enum(apiFaultKinds),
      method: z.enum(['GET', 'POST', 'DELETE']).optional(),
      path: text.optional(),
      times: integer.min(1).optional(),
      delayMs: integer.min(0).optional(),
    }),
    (control, fault) => (control.failNext(fault), done),
  ),
  action(
    'faults/webhooks',
    z.strictObject({
      kind: z.enum(['drop', 'duplicate', 'delay']),
      eventType: text.optional(),
      times: integer.min(1).optional(),
      copies: integer.min(1).max(100).optional(),
      delayMs: integer.min(0).optional(),
    }),
    (control, fault) => (control.nextWebhook(fault), done),
  ),
  action(
    'faults/decline',
    z.strictObject({ code: text.optional() }),
    (control, { code }) => (control.declineNext(code), done),
  ),
  action(
    'faults/refund',
    z.strictObject({ behaviour: z.enum(['succeed', 'stay_pending', 'fail_at_once']) }),
    (control, { behaviour }) => (control.nextRefund(behaviour), done),
  ),
  action('faults/clear', nothing, (control) => (control.clearFaults(), done)),
  action(
    'webhooks',
    z.strictObject({ url: z.url(), secrets: z.array(text).min(1) }),
    (control, endpoint) => (control.setWebhook(endpoint), done),
  ),
  action('webhooks/hold', nothing, (control) => (control.holdWebhooks(), done)),
  action(
    'webhooks/release',
    z.strictObject({ order: z.enum(['as_happened', 'reversed', 'shuffled']).optional() }),
    (control, { order }) => (control.releaseWebhooks(order), done),
  ),
  action(
    'webhooks/signature-age',
    z.strictObject({ seconds: integer }),
    (control, { seconds }) => (control.setSignatureAge(seconds), done),
  ),
]

const readBody = async (request: Request): Promise<{ body: unknown; isForm: boolean }> => {
  const encoded = await request.text()
  if (request.headers.get('content-type')?.includes('application/json')) {
    return { body: encoded ? JSON.parse(encoded) : {}, isForm: false }
  }
  const filled = [...new URLSearchParams(encoded)].filter(([, value]) => value !== '')
  return {
    body: Object.fromEntries(filled),
    isForm: encoded !== '' || !request.headers.get('accept')?.includes('json'),
  }
}

const refuse = (status: number, message: string): Response => Response.json({ error: message }, { status })

/**
 * `POST /_sandbox/…`: turns a knob. A form is answered with the status page, everything else with JSON.
 * `GET /_sandbox/events`: the events with their deliveries.
 */
export const handleControlRequest = async (control: StripeSandboxControl, request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url)
  if (request.method === 'GET') {
    if (pathname !== '/_sandbox/events') return refuse(404, 'There is no such page.')
    return Response.json({
      events: control.events().map((event) => ({ ...event, deliveries: control.deliveries(event.id) })),
    })
  }
  try {
    const { body, isForm } = await readBody(request)
    for (const { path, run } of actions) {
      const match = path.exec(pathname)
      if (!match) continue
      const result = run(control, body, decodeURIComponent(match[1] ?? ''))
      return isForm ? new Response(null, { status: 303, headers: { Location: '/' } }) : Response.json(result)
    }
    return refuse(404, 'There is no such knob.')
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.status, error.message)
    if (error instanceof z.ZodError) return refuse(400, z.prettifyError(error))
    if (error instanceof SyntaxError) return refuse(400, 'The body is not JSON.')
    throw error
  }
}
