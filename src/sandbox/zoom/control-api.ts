import { z } from 'zod'
import { type Action, actionsOf, controlRefusal, runAction } from '../shared/control-actions'
import { transportFaultKinds } from '../shared/call-faults'
import type { ZoomSandboxControl } from './control'
import { apiErrorKinds } from './faults'
import { Refusal } from './refusal'

const integer = z.coerce.number().int()
const nothing = z.strictObject({})
const text = z.string().min(1).max(500)
const done = { ok: true }

const action = actionsOf<ZoomSandboxControl>()

const actions: readonly Action<ZoomSandboxControl>[] = [
  action('users', z.strictObject({ email: z.email(), name: text, timeZone: text.optional() }), (control, user) =>
    control.addUser(user),
  ),
  action('meetings/:id/start', nothing, (control, _, id) => (control.start(id), done)),
  action('meetings/:id/join', z.strictObject({ name: text, email: z.email().optional() }), (control, who, id) => ({
    participantId: control.join(id, who),
  })),
  action(
    'meetings/:id/leave',
    z.strictObject({ participantId: text }),
    (control, { participantId }, id) => (control.leave(id, participantId), done),
  ),
  action('meetings/:id/end', nothing, (control, _, id) => (control.end(id), done)),
  action('meetings/:id/record', nothing, (control, _, id) => (control.record(id), done)),
  action('meetings/:id/delete', nothing, (control, _, id) => (control.deleteMeeting(id), done)),
  action('events/:id/resend', nothing, (control, _, id) => (control.resendEvent(id), done)),
  action(
    'clock',
    z.strictObject({ advanceMs: integer.min(0) }),
    (control, { advanceMs }) => (control.advanceClock(advanceMs), { now: control.now() }),
  ),
  action(
    'faults/api',
    z.strictObject({
      kind: z.enum([...apiErrorKinds, ...transportFaultKinds]),
      operation: text.optional(),
      times: integer.min(1).optional(),
      applied: z.stringbool().or(z.boolean()).optional(),
      delayMs: integer.min(0).optional(),
      retryAfterSeconds: integer.min(0).optional(),
    }),
    (control, fault) => (control.failNext(fault), done),
  ),
  action(
    'faults/webhooks',
    z.strictObject({
      kind: z.enum(['drop', 'duplicate', 'delay']),
      topic: text.optional(),
      times: integer.min(1).optional(),
      copies: integer.min(1).max(100).optional(),
      delayMs: integer.min(0).optional(),
    }),
    (control, fault) => (control.nextWebhook(fault), done),
  ),
  action('faults/clear', nothing, (control) => (control.clearFaults(), done)),
  action('tokens/expire', nothing, (control) => (control.expireTokens(), done)),
  action(
    'webhooks',
    z.strictObject({ url: z.url(), secret: text }),
    (control, endpoint) => (control.setWebhook(endpoint), done),
  ),
  action('webhooks/validate', nothing, (control) => control.validateWebhook()),
  action('webhooks/hold', nothing, (control) => (control.holdWebhooks(), done)),
  action(
    'webhooks/release',
    z.strictObject({ order: z.enum(['as_happened', 'reversed', 'shuffled']).optional() }),
    (control, { order }) => (control.releaseWebhooks(order), done),
  ),
]

/**
 * `POST /_sandbox/…`: turns a knob. A form is answered with the status page, everything else with JSON.
 * `GET /_sandbox/{events,meetings,calls}`: what there is of them.
 */
export const handleControlRequest = async (control: ZoomSandboxControl, request: Request): Promise<Response> => {
  if (request.method !== 'GET') return runAction({ actions, control, request, refusal: Refusal })
  switch (new URL(request.url).pathname) {
    case '/_sandbox/events':
      return Response.json({ events: control.events(), deliveries: control.deliveries() })
    case '/_sandbox/meetings':
      return Response.json({ meetings: control.meetings() })
    case '/_sandbox/calls':
      return Response.json({ calls: control.calls() })
    default:
      return controlRefusal(404, 'There is no such page.')
  }
}
