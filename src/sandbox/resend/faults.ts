import { z } from 'zod'
import type { CallFault } from '../shared/call-faults'
import { Refusal } from './refusal'

/**
 * What goes wrong with the next mail that fits:
 * - `server_error`: 500, nothing is done
 * - `rate_limit`: 429 with `retry-after: 1`, nothing is done
 * - `quota`: 429 for the day's quota, nothing is done
 * - `concurrent`: 409, as when the same key is being worked on elsewhere
 * - `refuse`: 422, as for an address that Resend does not take
 * - `disconnect`: the connection breaks before anything is done
 * - `lose`: the mail is accepted, but the connection breaks before the answer
 * - `hang`: the mail is accepted, but never answered
 */
const mailFaultKinds = [
  'server_error',
  'rate_limit',
  'quota',
  'concurrent',
  'refuse',
  'disconnect',
  'lose',
  'hang',
] as const

export const mailFault = z.strictObject({
  kind: z.enum(mailFaultKinds),
  /** Only mails to this address; without it every mail fits. */
  to: z.string().optional(),
  /** How many mails, default 1. */
  times: z.int().min(1).optional(),
})

export type MailFault = z.infer<typeof mailFault>

const errors = {
  server_error: () => new Refusal('internal_server_error', 'An unexpected error occurred.'),
  rate_limit: () => new Refusal('rate_limit_exceeded', 'Too many requests.'),
  quota: () => new Refusal('daily_quota_exceeded', 'You have reached your daily email sending quota.'),
  concurrent: () => new Refusal('concurrent_idempotent_requests', 'The same key is being worked on.'),
  refuse: () => new Refusal('validation_error', 'Invalid `to` field.'),
}

/** The errors of the API itself. */
export type ApiErrorKind = keyof typeof errors

export const toRefusal = (kind: ApiErrorKind): Refusal => errors[kind]()

/** What that means for the call. */
export const toCallFault = ({ kind }: MailFault): CallFault<ApiErrorKind> =>
  kind === 'lose' ? { kind: 'disconnect', applied: true } : { kind, applied: kind === 'hang' }
