import type { Payload, PayloadRequest } from 'payload'
import type { StripeEventType } from '../stripe/stripe-objects'

/** What an event is good for: it names an object that has changed. What has changed is read from Stripe. */
export type EventFacts = {
  /** Stripe's id of it. */
  eventId: string
  type: string
  /** The connected account in which it happened; empty for the platform's own. */
  account: string
  objectId: string
}

/** `ignored`: it speaks of nothing of ours. */
export type EventOutcome = 'processed' | 'ignored'

/** Notes what came of an event in the open transaction that brings it about: both are kept, or neither. */
export type NoteOutcome = (req: PayloadRequest, outcome: EventOutcome) => Promise<void>

/**
 * Brings the records to what Stripe says of the event's object now. It reads the object anew, because what the event itself
 * says may be old or come before earlier ones; it may run any number of times.
 * @param note for a handler that does all of it in one transaction; what is not noted is noted after it.
 * @throws whatever went wrong: the event is then `failed`, visible, and tried again.
 */
export type EventHandler = (payload: Payload, event: EventFacts, note: NoteOutcome) => Promise<EventOutcome>

/** The handlers of one area, by the kind of event. */
export type EventHandlers = Readonly<Partial<Record<StripeEventType, EventHandler>>>

/**
 * Stripe's object names a record of ours that is not there: Stripe was faster than our own transaction, or the record
 * belongs to another installation on the same Stripe account. Never passed over in silence.
 */
export class NotVisibleYet extends Error {
  override readonly name = 'NotVisibleYet'
}
