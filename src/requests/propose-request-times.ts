import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { lockRequestToAct, writeRequest } from './change/change-request'
import { minuteMs } from '#shared/time'

/** The gate names rows of the record; the caller knows the list that was sent. */
const inTermsOfInput = (error: unknown): unknown =>
  error instanceof DomainError && error.errors
    ? new DomainError(error.code, error.message, {
        errors: error.errors.map(({ path, message }) => ({
          path: path.replace(/^proposedTimes\b/, 'times').replace(/\.startsAt$/, ''),
          message,
        })),
      })
    : error

/**
 * Proposes times of the assigned consultant to the requester, in place of those proposed before. Instants are epoch milliseconds;
 * a time without a duration has the service type's usual one.
 * @throws DomainError `slot_taken` or `slot_not_offered` that names the time, `invalid_request`, `illegal_transition`.
 */
export const proposeRequestTimes = async (
  req: PayloadRequest,
  args: {
    requestId: string
    times: readonly { start: number; durationMinutes?: number | undefined }[]
    actor: Actor
  },
): Promise<void> => {
  const request = await lockRequestToAct(req, { ...args, action: 'propose' })
  const proposedTimes = args.times.map(({ start, durationMinutes }) => ({
    startsAt: new Date(start).toISOString(),
    // Otherwise the gate fills in the end that follows from the service type.
    ...(durationMinutes === undefined ? {} : { endsAt: new Date(start + durationMinutes * minuteMs).toISOString() }),
  }))
  try {
    await writeRequest(req, {
      id: request.id,
      data: { proposedTimes, status: 'pending_confirmation' },
      actor: args.actor,
    })
  } catch (error) {
    throw inTermsOfInput(error)
  }
}
