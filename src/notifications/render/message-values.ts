import { cleanLine } from '#shared/clean-text'
import { formatMoney } from '#shared/money'
import type { Phrases } from '../catalogue/catalogue-words'
import { fillPlaceholders } from './fill-placeholders'
import { formatDate, formatInstant, formatTime, type TimeView } from './format-times'
import type { MessageParts } from '../message-data'
import { type MessageKind, messageKindRow } from '../message-kinds'
import { isMessagePart, type MessagePartName } from '../message-parts'

/** The names that operations and catalogues may put between double braces, by the part of the data that they come from. */
const placeholdersOfPart: Partial<Record<MessagePartName, readonly string[]>> = {
  session: ['reference', 'serviceName', 'consultantName', 'customerName', 'price', 'when', 'date', 'time'],
  request: ['reference', 'serviceName', 'consultantName', 'customerName', 'problem'],
  deadline: ['deadline'],
  reason: ['reason'],
  refund: ['refundAmount'],
  previous: ['previousWhen'],
  offset: ['startsIn'],
  availableUntil: ['availableUntil'],
  payment: ['paidAmount', 'paymentReference'],
  payout: ['payoutAmount'],
  debt: ['debtAmount'],
  dispute: ['disputeReference', 'disputedAmount'],
  message: ['senderName'],
  review: ['rating'],
  findings: ['findings'],
  calendar: ['calendarProvider', 'calendarAccount'],
  payoutAccount: ['consultantName'],
  difference: ['calendarWhen'],
  validMinutes: ['validFor'],
}

/** The placeholders that messages share: no kind gives one of these names another meaning. */
export const sharedPlaceholders: readonly string[] = [
  'recipientName',
  'brandName',
  ...Object.values(placeholdersOfPart).flat(),
]

/** The placeholders that a text of this kind may use. */
export const placeholdersOf = (kind: MessageKind): string[] => [
  'recipientName',
  'brandName',
  ...Object.keys(messageKindRow(kind).data.shape).flatMap((name) =>
    isMessagePart(name) ? (placeholdersOfPart[name] ?? []) : [name],
  ),
]

/** A name inside a sentence or a subject: one line, and not so long that it hides the rest. */
const name = (text: string): string => cleanLine(text, 80)

/** How long something is valid, in days or hours where they are whole. */
const formatMinutes = (minutes: number, phrases: Phrases): string => {
  const [unit, words] = [
    [24 * 60, phrases.days] as const,
    [60, phrases.hours] as const,
    [1, phrases.minutes] as const,
  ].find(([one]) => minutes % one === 0 && (minutes > one || one === 1)) ?? [1, phrases.minutes]
  return fillPlaceholders(words, { count: String(minutes / unit) })
}

/**
 * What the placeholders stand for: text for a person, in the recipient's language and zone, free of control and
 * bidirectional characters, each on one line. It is not HTML. What is not known is the empty string.
 */
export const toMessageValues = ({
  kind,
  parts,
  view,
  phrases,
  recipientName,
  brandName,
}: {
  kind: MessageKind
  parts: MessageParts
  view: TimeView
  phrases: Phrases
  recipientName: string
  brandName: string
}): Record<string, string> => {
  const { session, request, payoutAccount, deadline, reason, refund, previous, offset, availableUntil } = parts
  const consultantName = session?.consultantName ?? request?.consultantName ?? payoutAccount?.consultantName
  const money = (amount: { amount: number; currency: string } | null | undefined): string =>
    amount ? formatMoney(amount, view.locale).replace(/[\u00A0\u202F]/g, ' ') : ''
  const instant = (value: number | null | undefined): string =>
    value === null || value === undefined ? '' : formatInstant(value, view)

  const values: Record<string, string> = {
    recipientName: name(recipientName),
    brandName: name(brandName),
    reference: name(session?.reference ?? request?.reference ?? ''),
    serviceName: name(session?.serviceName ?? request?.serviceName ?? ''),
    consultantName: name(consultantName ?? '') || phrases.ourTeam,
    customerName: name(session?.customerName ?? request?.customerName ?? ''),
    price: money(session?.price),
    when: instant(session?.startsAt),
    date: session ? formatDate(session.startsAt, view) : '',
    time: session ? formatTime(session.startsAt, view) : '',
    problem: cleanLine(request?.problem ?? '', 200),
    deadline: instant(deadline),
    reason: cleanLine(reason ?? '', 500),
    refundAmount: money(refund),
    previousWhen: instant(previous?.startsAt),
    startsIn: offset ? phrases.startsIn[offset] : '',
    availableUntil: instant(availableUntil),
    paidAmount: money(parts.payment?.paid),
    paymentReference: name(parts.payment?.reference ?? ''),
    payoutAmount: money(parts.payout),
    debtAmount: money(parts.debt),
    disputeReference: name(parts.dispute?.reference ?? ''),
    disputedAmount: money(parts.dispute?.disputed),
    senderName: name(parts.message?.senderName ?? ''),
    rating: parts.review ? String(parts.review.rating) : '',
    findings: parts.findings === undefined ? '' : String(parts.findings),
    calendarProvider: name(parts.calendar?.provider ?? ''),
    calendarWhen: instant(parts.difference?.startsAt),
    calendarAccount: name(parts.calendar?.account ?? ''),
    validFor: parts.validMinutes ? formatMinutes(parts.validMinutes, phrases) : '',
    ...Object.fromEntries(Object.entries(parts.own ?? {}).map(([key, text]) => [key, cleanLine(text, 500)])),
  }
  const offered = new Set(placeholdersOf(kind))
  return Object.fromEntries(Object.entries(values).filter(([key]) => offered.has(key)))
}
