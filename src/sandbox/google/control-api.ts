import { z } from 'zod'
import { transportFaultKinds } from '../shared/call-faults'
import { type Action, actionsOf, controlRefusal, runAction } from '../shared/control-actions'
import type { GoogleSandboxControl } from './control'
import { apiErrorKinds } from './faults'
import { Refusal } from './refusal'

const integer = z.coerce.number().int()
const nothing = z.strictObject({})
const text = z.string().min(1).max(1_024)
const when = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?Z?)?)?$/, 'Say it as 2026-05-01T14:30.')
const done = { ok: true }

const action = actionsOf<GoogleSandboxControl>()

const actions: readonly Action<GoogleSandboxControl>[] = [
  action(
    'events/add',
    z.strictObject({
      calendar: text,
      summary: text.default('Busy'),
      start: when,
      end: when,
      transparency: z.enum(['opaque', 'transparent']).optional(),
      recurrence: text.optional(),
    }),
    (control, { calendar, recurrence, ...event }) =>
      control.addEvent(calendar, { ...event, ...(recurrence ? { recurrence: [recurrence] } : {}) }),
  ),
  action(
    'events/move',
    z.strictObject({ calendar: text, event: text, start: when, end: when }),
    (control, { calendar, event, start, end }) => control.moveEvent(calendar, event, { start, end }),
  ),
  action(
    'events/delete',
    z.strictObject({ calendar: text, event: text }),
    (control, { calendar, event }) => (control.deleteEvent(calendar, event), done),
  ),
  action(
    'access/withdraw',
    z.strictObject({ email: text }),
    (control, { email }) => (control.withdrawAccess(email), done),
  ),
  action(
    'sync-tokens/expire',
    z.strictObject({ calendar: text }),
    (control, { calendar }) => (control.expireSyncTokens(calendar), done),
  ),
  action('access-tokens/expire', nothing, (control) => (control.expireAccessTokens(), done)),
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
    'faults/notifications',
    z.strictObject({
      kind: z.enum(['drop', 'duplicate', 'delay']),
      times: integer.min(1).optional(),
      delayMs: integer.min(0).optional(),
    }),
    (control, fault) => (control.nextNotification(fault), done),
  ),
  action('faults/clear', nothing, (control) => (control.clearFaults(), done)),
]

/** `POST /_sandbox/…`: turns a knob. A form is answered with the page at `/`, everything else with JSON. */
export const handleControlRequest = async (control: GoogleSandboxControl, request: Request): Promise<Response> =>
  request.method === 'POST'
    ? runAction({ actions, control, request, refusal: Refusal })
    : controlRefusal(405, 'Knobs are turned by POST.')
