import { z } from 'zod'
import { transportFaultKinds } from './call-faults'
import type { WebhookControl } from './common-control'
import { type Action, actionsOf } from './control-actions'

/** What the bodies of knobs are made of. Numbers may come as text. */

export const integer = z.coerce.number().int()
export const nothing = z.strictObject({})
export const text = z.string().min(1).max(500)
/** A box in a form that is ticked or left out, or a boolean. */
export const flag = z.boolean().or(z.stringbool())

/** The answer of a knob that has nothing to say. */
export const done = { ok: true }

/** What is to go wrong with the next call. */
export const callFaultShape = <const Kinds extends readonly string[]>(errorKinds: Kinds) =>
  z.strictObject({
    kind: z.enum([...errorKinds, ...transportFaultKinds]),
    operation: text.optional(),
    times: integer.min(1).optional(),
    applied: flag.optional(),
    delayMs: integer.min(0).optional(),
    retryAfterSeconds: integer.min(0).optional(),
  })

/** What is to go wrong with the delivery of the next message. */
export const deliveryFaultShape = z.strictObject({
  kind: z.enum(['drop', 'duplicate', 'delay']),
  topic: text.optional(),
  times: integer.min(1).optional(),
  copies: integer.min(1).max(100).optional(),
  delayMs: integer.min(0).optional(),
})

const clockAction = actionsOf<{ advanceClock: (ms: number) => void; now: () => number }>()
const faultAction = actionsOf<{ clearFaults: () => void }>()
const webhookAction = actionsOf<Pick<WebhookControl<never>, 'holdWebhooks' | 'releaseWebhooks' | 'setSignatureAge'>>()

export const advanceClock = clockAction(
  'clock',
  z.strictObject({ advanceMs: integer.min(0) }),
  (control, { advanceMs }) => (control.advanceClock(advanceMs), { now: control.now() }),
)

export const clearFaults = faultAction('faults/clear', nothing, (control) => (control.clearFaults(), done))

export const webhookActions = [
  webhookAction('webhooks/hold', nothing, (control) => (control.holdWebhooks(), done)),
  webhookAction(
    'webhooks/release',
    z.strictObject({ order: z.enum(['as_happened', 'reversed', 'shuffled']).optional() }),
    (control, { order }) => (control.releaseWebhooks(order), done),
  ),
  webhookAction(
    'webhooks/signature-age',
    z.strictObject({ seconds: integer }),
    (control, { seconds }) => (control.setSignatureAge(seconds), done),
  ),
] satisfies Action<never>[]
