import { z } from 'zod'
import {
  advanceClock,
  callFaultShape,
  clearFaults,
  deliveryFaultShape,
  done,
  nothing,
  text,
  webhookActions,
} from '../shared/common-actions'
import { type Action, actionsOf, type Views } from '../shared/control-actions'
import type { ZoomSandboxControl } from './control'
import { apiErrorKinds } from './faults'

const action = actionsOf<ZoomSandboxControl>()

/** `POST /_sandbox/…`: turns a knob. */
export const actions: readonly Action<ZoomSandboxControl>[] = [
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
  advanceClock,
  action('faults/api', callFaultShape(apiErrorKinds), (control, fault) => (control.failNext(fault), done)),
  action('faults/webhooks', deliveryFaultShape, (control, fault) => (control.nextWebhook(fault), done)),
  clearFaults,
  action('tokens/expire', nothing, (control) => (control.expireTokens(), done)),
  action(
    'webhooks',
    z.strictObject({ url: z.url(), secret: text }),
    (control, endpoint) => (control.setWebhook(endpoint), done),
  ),
  action('webhooks/validate', nothing, (control) => control.validateWebhook()),
  ...webhookActions,
]

/** `GET /_sandbox/{events,meetings,calls}`: what there is of them. */
export const views: Views<ZoomSandboxControl> = {
  events: (control) => ({ events: control.events(), deliveries: control.deliveries() }),
  meetings: (control) => ({ meetings: control.meetings() }),
  calls: (control) => ({ calls: control.calls() }),
}
