import { cleanLine, cleanParagraph } from '#shared/clean-text'
import { messageTextOf, phrasesOf } from '../catalogue/catalogue'
import type { Phrases } from '../catalogue/catalogue-words'
import { fillPlaceholders } from './fill-placeholders'
import { formatDate, formatInstant, formatTimeRange, formatZone, knownTimeZone, type TimeView } from './format-times'
import { chooseLanguage, type MessageLanguage } from '../languages'
import type { MessageParts } from '../message-data'
import { type MessageAudience, type MessageKind, type MessageLinkName, messageKindRow } from '../message-kinds'
import { applyOverride, type MessageOverride } from '../message-overrides'
import { toMessageValues, toSentenceValues } from './message-values'
import { shownTexts } from './placeholder-authors'

/** One row of the table of facts. */
export type MessageFact = {
  label: string
  lines: readonly string[]
  /** Said quietly below the lines. */
  detail?: string
  /** The lines are a link to this; in plain text it stands for them. */
  href?: string
  /** It was so, and is no more: struck out. */
  isFormer?: boolean
  /** For the reader alone: left out of calendar entries, which other people see. */
  isPrivate?: boolean
}

/** A message in words, before it becomes HTML or plain text. Everything is text; nothing here is HTML. */
export type MessageContent = {
  language: MessageLanguage
  subject: string
  heading: string
  greeting: string
  /** The news; also what the app shows. */
  intro: string
  paragraphs: readonly string[]
  /** Words of another person. */
  quote: string | null
  facts: readonly MessageFact[]
  action: { label: string; href: string } | null
  notes: readonly string[]
  foot: string
  brandName: string
}

export type MessageLinks = { readonly [Name in MessageLinkName]?: string }

export type MessageRequest = {
  kind: MessageKind
  audience: MessageAudience
  /** BCP 47; decides the language and how dates and money look. */
  language: string | null | undefined
  timeZone: string | null | undefined
  recipientName: string
  parts: MessageParts
  links: MessageLinks
  brandName: string
  override?: MessageOverride | undefined
  /** Whether a calendar file goes with it. */
  hasCalendar: boolean
  /** Whether the address that it goes to is known to be the reader's. Left out: it is, but for mails that ask just that. */
  isConfirmed?: boolean | undefined
}

/** Mails about a login go to an address that somebody has typed, and that is not theirs until they follow the link. */
const isConfirmedReader = ({ audience, isConfirmed }: Pick<MessageRequest, 'audience' | 'isConfirmed'>): boolean =>
  isConfirmed ?? audience !== 'account'

const sideOf = (audience: MessageAudience) => (audience === 'account' ? 'customer' : audience)

/** Sentences that depend on what happened: who did it, and what becomes of the money. */
const composeParagraphs = (
  parts: MessageParts,
  audience: MessageAudience,
  phrases: Phrases,
  values: Record<string, string>,
): string[] => {
  const side = sideOf(audience)
  const sentences: string[] = []
  if (parts.cancelledBy) sentences.push(phrases.cancelledBy[side][parts.cancelledBy])
  if (parts.movedBy) sentences.push(phrases.movedBy[side][parts.movedBy])
  if (parts.waitedFor) sentences.push(phrases.waitedFor[parts.waitedFor][side])
  if (parts.missing) sentences.push(phrases.missing[parts.missing][side])
  if (parts.payoutAccount?.isPayable === false) sentences.push(phrases.payoutsWait)
  if (side !== 'customer' && parts.heldReason) sentences.push(phrases.heldReasons[parts.heldReason][side])
  if (side !== 'customer' && parts.outcome) sentences.push(phrases.disputeOutcomes[parts.outcome][side])
  if (audience === 'customer' && parts.refund !== undefined) {
    const isPriced = (parts.session?.price?.amount ?? 0) > 0
    const comes = parts.refund?.isElsewhere ? phrases.refundComesElsewhere : phrases.refundComes
    if (parts.refund && parts.refund.amount > 0) sentences.push(comes)
    else if (parts.refund) sentences.push(phrases.noRefund)
    else if (isPriced && !parts.missing) sentences.push(phrases.notCharged)
  }
  return sentences.map((sentence) => fillPlaceholders(sentence, values))
}

const timeLines = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }, view: TimeView): string[] => [
  formatDate(startsAt, view),
  formatTimeRange(startsAt, endsAt, view),
]

type Detail = NonNullable<NonNullable<MessageParts['session']>['details']>[number]

/** A value as its reader writes such. A day is the same day in every zone. */
const detailLines = (
  { value, isDate }: Omit<Detail, 'label'>,
  { view, phrases }: { view: TimeView; phrases: Phrases },
): string[] => {
  if (typeof value === 'boolean') return [value ? phrases.yes : phrases.no]
  if (typeof value === 'number')
    return [new Intl.NumberFormat(view.locale, { maximumFractionDigits: 20 }).format(value)]
  if (typeof value !== 'string') return value.map((line) => cleanLine(line))
  const day = isDate ? Date.parse(value) : NaN
  if (Number.isFinite(day)) return [formatDate(day, { ...view, timeZone: 'UTC' })]
  return cleanParagraph(value, 2_000).split('\n').filter(Boolean)
}

const composeFacts = (
  { kind, audience, parts, links }: Pick<MessageRequest, 'kind' | 'audience' | 'parts' | 'links'>,
  {
    view,
    phrases,
    values,
    hasDetails,
  }: { view: TimeView; phrases: Phrases; values: Record<string, string>; hasDetails: boolean },
): MessageFact[] => {
  const { session, request, previous } = parts
  const facts: MessageFact[] = []
  const add = (
    label: keyof Phrases['facts'],
    lines: readonly (string | undefined)[],
    more: Partial<MessageFact> = {},
  ) => {
    const present = lines.filter((line): line is string => Boolean(line))
    if (present.length) facts.push({ label: phrases.facts[label], lines: present, ...more })
  }
  add('service', [values.serviceName])
  if (session) add('when', timeLines(session, view), { detail: formatZone(session.startsAt, view) })
  if (previous) add('previously', timeLines(previous, view), { isFormer: true })
  const firstProposal = request?.proposedTimes[0]
  if (request && firstProposal !== undefined) {
    const times = request.proposedTimes.map((time) => formatInstant(time, view))
    add('proposedTimes', times, { detail: formatZone(firstProposal, view) })
  }
  const { startsAt, endsAt } = parts.difference ?? {}
  if (startsAt && endsAt) {
    add(audience === 'customer' ? 'proposedTimes' : 'inCalendar', timeLines({ startsAt, endsAt }, view))
  }
  if (audience !== 'consultant' && (session || request?.consultantName)) add('consultant', [values.consultantName])
  if (audience !== 'customer') add('customer', [values.customerName])
  if (request) add('problem', [values.problem])
  if (audience === 'customer' && (session?.price?.amount ?? 0) > 0 && !parts.payment) add('price', [values.price])
  if (parts.payment) {
    add('paid', [values.paidAmount])
    add('paymentReference', [values.paymentReference])
    const { invoiceNumber } = parts.payment
    if (invoiceNumber !== null)
      add('invoice', [invoiceNumber], links.invoice ? { href: links.invoice, isPrivate: true } : {})
    if (links.receipt) add('receipt', [phrases.openReceipt], { href: links.receipt, isPrivate: true })
  }
  add('payout', [values.payoutAmount])
  add('debt', [values.debtAmount])
  if (parts.dispute) {
    add('disputed', [values.disputedAmount])
    add('disputeReference', [values.disputeReference])
  }
  if (parts.refund && audience !== 'consultant') add('refund', [values.refundAmount])
  add('reason', [values.reason])
  if (parts.review) add('rating', [`${'★'.repeat(parts.review.rating)}${'☆'.repeat(5 - parts.review.rating)}`])
  if (parts.deadline) add(messageKindRow(kind).primary === 'pay' ? 'payBy' : 'answerBy', [values.deadline])
  if (request?.expiresAt) add('answerBy', [formatInstant(request.expiresAt, view)])
  if (parts.availableUntil) add('availableUntil', [values.availableUntil])
  // Where the button already joins, a second way to the same place is noise.
  if (links.join && messageKindRow(kind).calendar === 'REQUEST') add('join', [phrases.openRoom], { href: links.join })
  for (const { label, ...detail } of (hasDetails && session?.details) || []) {
    facts.push({ label: cleanLine(label, 80), lines: detailLines(detail, { view, phrases }) })
  }
  add('reference', [values.reference])
  return facts
}

/** The description of the session's calendar entry: the facts as they are now, and the way in. */
export const calendarTextOf = (content: MessageContent): string =>
  content.facts
    .flatMap((fact) => (fact.isFormer || fact.isPrivate ? [] : `${fact.label}: ${fact.href ?? fact.lines.join(', ')}`))
    .join('\n')

/**
 * The message in words, in the recipient's language and zone. Pure: the same request gives the same words.
 * @throws RangeError when the kind is not written for that audience.
 */
export const composeMessage = (message: MessageRequest): MessageContent => {
  const { kind, audience, parts, links } = message
  const { language, locale } = chooseLanguage(message.language)
  const view = { locale, timeZone: knownTimeZone(message.timeZone) }
  const phrases = phrasesOf(language)
  const isConfirmed = isConfirmedReader(message)
  const isShown = (text: keyof typeof shownTexts): boolean => isConfirmed || shownTexts[text] === 'us'
  const values = toMessageValues({
    kind,
    parts,
    view,
    phrases,
    recipientName: message.recipientName,
    brandName: message.brandName,
    isConfirmed,
  })
  const sentenceValues = toSentenceValues(values, { phrases, isConfirmed })
  const text = applyOverride({ kind, text: messageTextOf({ kind, audience, language }), override: message.override })
  const { primary, calendar, type } = messageKindRow(kind)
  const fill = (words: string) => fillPlaceholders(words, sentenceValues)
  const href = links[primary]
  const notes: string[] = []
  if (message.hasCalendar && calendar) {
    notes.push(calendar === 'CANCEL' ? phrases.calendarCancelled : phrases.calendarAttached)
  }
  if (type === null) notes.push(phrases.unrequested)
  return {
    language,
    subject: cleanLine(fill(text.subject), 250),
    heading: cleanLine(fill(text.heading), 200),
    greeting: fill(values.recipientName ? phrases.greeting : phrases.greetingWithoutName),
    intro: cleanParagraph(fill(text.intro)),
    paragraphs: composeParagraphs(parts, audience, phrases, sentenceValues),
    quote: (isShown('quote') && cleanParagraph(parts.message?.text ?? parts.review?.text ?? '')) || null,
    facts: composeFacts(message, { view, phrases, values, hasDetails: isShown('details') }),
    action: href ? { label: cleanLine(fill(text.action), 80), href } : null,
    notes,
    foot: fill(phrases.why[audience]),
    brandName: values.brandName ?? '',
  }
}
