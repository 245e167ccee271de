import { cleanLine } from '#shared/clean-text'
import { formatMoney } from '#shared/money'
import type { Phrases } from '../catalogue/catalogue-words'
import { fillPlaceholders } from './fill-placeholders'
import { formatDate, formatInstant, formatTime, type TimeView } from './format-times'
import type { MessageParts } from '../message-data'
import { type MessageKind, messageKindRow } from '../message-kinds'
import { isMessagePart } from '../message-parts'
import { authorOf, placeholdersOfAll, placeholdersOfPart } from './placeholder-authors'

/** The placeholders that messages share: no kind gives one of these names another meaning. */
export const sharedPlaceholders: readonly string[] = [
  ...Object.keys(placeholdersOfAll),
  ...Object.values(placeholdersOfPart).flatMap((names) => Object.keys(names)),
]

/** The placeholders that a text of this kind may use. */
export const placeholdersOf = (kind: MessageKind): string[] => [
  ...Object.keys(placeholdersOfAll),
  ...Object.keys(messageKindRow(kind).data.shape).flatMap((name) =>
    isMessagePart(name) ? Object.keys(placeholdersOfPart[name]) : [name],
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
 * bidirectional characters, each on one line. It is not HTML. What is not known is the empty string, and so is what anybody may have
 * written where the reader's address is not confirmed.
 */
export const toMessageValues = ({
  kind,
  parts,
  view,
  phrases,
  recipientName,
  brandName,
  isConfirmed,
}: {
  kind: MessageKind
  parts: MessageParts
  view: TimeView
  phrases: Phrases
  recipientName: string
  brandName: string
  /** Whether the address that it goes to is known to be the reader's. */
  isConfirmed: boolean
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
  const { writtenBy } = messageKindRow(kind)
  const isShown = (name: string): boolean => isConfirmed || authorOf(name, writtenBy) === 'us'
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => offered.has(key))
      .map(([key, text]) => [key, isShown(key) ? text : '']),
  )
}

/** The same for sentences, which read badly with nothing in the place of a name: neutral words stand for what is left out. */
export const toSentenceValues = (
  values: Readonly<Record<string, string>>,
  { phrases, isConfirmed }: { phrases: Phrases; isConfirmed: boolean },
): Record<string, string> =>
  isConfirmed
    ? values
    : Object.fromEntries(
        Object.entries(values).map(([name, text]) => [
          name,
          text || (phrases.neutral[name as keyof Phrases['neutral']] ?? ''),
        ]),
      )
