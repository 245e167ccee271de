import { z } from 'zod'
import { callFaultShape, clearFaults, deliveryFaultShape, done, nothing } from '../shared/common-actions'
import { type Action, actionsOf, type Views } from '../shared/control-actions'
import type { GoogleSandboxControl } from './control'
import { apiErrorKinds } from './faults'

const text = z.string().min(1).max(1_024)
const when = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?Z?)?)?$/, 'Say it as 2026-05-01T14:30.')

const action = actionsOf<GoogleSandboxControl>()

/** `POST /_sandbox/…`: turns a knob. */
export const actions: readonly Action<GoogleSandboxControl>[] = [
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
  action('faults/api', callFaultShape(apiErrorKinds), (control, fault) => (control.failNext(fault), done)),
  action('faults/notifications', deliveryFaultShape, (control, fault) => (control.nextNotification(fault), done)),
  clearFaults,
]

/** `GET /_sandbox/calls`: the calls of the API. */
export const views: Views<GoogleSandboxControl> = {
  calls: (control) => ({ calls: control.calls() }),
}
