import type { PlaceholderAuthor } from '../message-kinds'
import type { MessagePartName } from '../message-parts'

/**
 * The names that operations and catalogues may put between double braces, by the part of the data that they come from, each with who writes
 * what it stands for. `anybody`: it may be the text of a stranger who typed somebody else's address.
 */
export const placeholdersOfPart = {
  session: {
    reference: 'us',
    serviceName: 'us',
    consultantName: 'us',
    customerName: 'anybody',
    price: 'us',
    when: 'us',
    date: 'us',
    time: 'us',
  },
  request: {
    reference: 'us',
    serviceName: 'us',
    consultantName: 'us',
    customerName: 'anybody',
    problem: 'anybody',
  },
  deadline: { deadline: 'us' },
  reason: { reason: 'anybody' },
  refund: { refundAmount: 'us' },
  previous: { previousWhen: 'us' },
  offset: { startsIn: 'us' },
  availableUntil: { availableUntil: 'us' },
  payment: { paidAmount: 'us', paymentReference: 'us' },
  payout: { payoutAmount: 'us' },
  debt: { debtAmount: 'us' },
  dispute: { disputeReference: 'us', disputedAmount: 'us' },
  message: { senderName: 'anybody' },
  review: { rating: 'us' },
  findings: { findings: 'us' },
  calendar: { calendarProvider: 'us', calendarAccount: 'us' },
  payoutAccount: { consultantName: 'us' },
  difference: { calendarWhen: 'us' },
  validMinutes: { validFor: 'us' },
  cancelledBy: {},
  wasScheduled: {},
  movedBy: {},
  waitedFor: {},
  missing: {},
  heldReason: {},
  outcome: {},
} as const satisfies Record<MessagePartName, Readonly<Record<string, PlaceholderAuthor>>>

/** What every message knows, whatever it speaks of. */
export const placeholdersOfAll = {
  recipientName: 'anybody',
  brandName: 'us',
} as const satisfies Readonly<Record<string, PlaceholderAuthor>>

/**
 * Who writes what a placeholder of a message stands for. What nobody has said of one is anybody's.
 * @param ofKind what the kind of message says of it, which goes before what is said for all.
 */
export const authorOf = (name: string, ofKind: Readonly<Record<string, PlaceholderAuthor>> = {}): PlaceholderAuthor => {
  const authors: Readonly<Record<string, PlaceholderAuthor>>[] = [
    ofKind,
    placeholdersOfAll,
    ...Object.values(placeholdersOfPart),
  ]
  return authors.find((table) => Object.hasOwn(table, name))?.[name] ?? 'anybody'
}

/**
 * Texts that a message shows beside its placeholders, by where they stand, with who writes them: the words of a message or a review, and the
 * custom attributes of a session.
 */
export const shownTexts: Readonly<Record<'quote' | 'details', PlaceholderAuthor>> = {
  quote: 'anybody',
  details: 'anybody',
}
