import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { afterCommit } from '#database/transactions'
import type { NoteOutcome } from '#payments/stripe-events/event-handler'
import { findStripeEvent, storeEventFailure, storeEventOutcome } from '#payments/stripe-events/stripe-event-queries'
import { doneEvents } from '#shared/inbox-states'
import { isOneOf } from '#shared/state-table'
import { handlerOf } from './handlers'

/** Works one event of the inbox off. A failure stays visible there, is tried again by the queue, and can be replayed. */
export const processStripeEvent = async (payload: Payload, stripeEventId: string): Promise<void> => {
  const event = await findStripeEvent(await localRequest(payload), stripeEventId)
  if (!event || isOneOf(doneEvents, event.status)) return
  let isNoted = false
  const note: NoteOutcome = async (req, outcome) => {
    await storeEventOutcome(req, stripeEventId, outcome)
    await afterCommit(req, () => {
      isNoted = true
    })
  }
  try {
    const outcome = (await handlerOf(event)?.(payload, event, note)) ?? 'ignored'
    if (!isNoted) await storeEventOutcome(await localRequest(payload), stripeEventId, outcome)
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    await storeEventFailure(payload, stripeEventId, message)
    throw error
  }
}
