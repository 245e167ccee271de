import type { HeldReason } from '#payments/payment-states'
import type { AudienceOf, MessageAudience, MessageKind } from '../message-kinds'

/**
 * The words of one message. `{{name}}` stands for a value; which ones a kind has is said in `message-view.ts`, and a test
 * holds every text to it.
 */
export type MessageText = {
  subject: string
  /** The headline in the mail, and the title in the app. */
  heading: string
  /** The first paragraph, and the text in the app: the news in one or two sentences. */
  intro: string
  /** The words on the button. */
  action: string
}

type Side = 'customer' | 'consultant' | 'operations'

/** The words that messages share. */
export type Phrases = {
  greeting: string
  greetingWithoutName: string
  /** Why somebody gets this mail, in the foot. */
  why: Record<MessageAudience, string>
  facts: Record<
    | 'service'
    | 'when'
    | 'previously'
    | 'consultant'
    | 'customer'
    | 'price'
    | 'paid'
    | 'refund'
    | 'join'
    | 'reference'
    | 'paymentReference'
    | 'invoice'
    | 'receipt'
    | 'reason'
    | 'problem'
    | 'proposedTimes'
    | 'answerBy'
    | 'payBy'
    | 'availableUntil'
    | 'rating'
    | 'payout'
    | 'debt'
    | 'disputed'
    | 'disputeReference'
    | 'inCalendar',
    string
  >
  cancelledBy: Record<Side, Record<Side | 'payment', string>>
  movedBy: Record<Side, Record<Side, string>>
  waitedFor: Record<'payment' | 'confirmation' | 'authorization', Record<Side, string>>
  missing: Record<'customer' | 'consultant', Record<Side, string>>
  /** Why a payout waits, and who can do something about it. */
  heldReasons: Record<HeldReason, Record<'consultant' | 'operations', string>>
  disputeOutcomes: Record<'won' | 'lost' | 'closed', Record<'consultant' | 'operations', string>>
  /** Fills {{startsIn}}. */
  startsIn: Record<'day' | 'hour', string>
  /** Stands for the consultant of a request that nobody has yet. */
  ourTeam: string
  refundComes: string
  /** The same where Stripe has no part in it. */
  refundComesElsewhere: string
  /** Nothing reaches a consultant's account at the moment. */
  payoutsWait: string
  noRefund: string
  notCharged: string
  openRoom: string
  yes: string
  no: string
  openReceipt: string
  calendarAttached: string
  calendarCancelled: string
  unrequested: string
  /** Fill {{validFor}} with {{count}}. */
  minutes: string
  hours: string
}

export type Catalogue = {
  messages: { [K in MessageKind]: Record<AudienceOf<K>, MessageText> }
  phrases: Phrases
}
