import type { HeldReason } from '#payments/payment-states'
import type { MessageAudience, MessageText } from '../message-kinds'

type Side = 'customer' | 'consultant' | 'operations'

/** The words that messages share. */
export type Phrases = {
  greeting: string
  greetingWithoutName: string
  /** What stands for the words of a stranger, in mails to addresses that nobody has confirmed. */
  neutral: Record<'customerName' | 'senderName' | 'problem', string>
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
  days: string
}

/** The same shape, with as many of the words as there are. */
type Some<Words> = { readonly [Name in keyof Words]?: Words[Name] extends string ? string : Some<Words[Name]> }

/** What an added language says; what is missing is said in English, text by text. */
export type Catalogue = {
  /** By kind and audience, for kinds that do not bring their words in this language along. */
  messages?: Readonly<Record<string, Readonly<Partial<Record<MessageAudience, Partial<MessageText>>>>>>
  phrases?: Some<Phrases>
}
