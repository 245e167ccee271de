import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import {
  decideDifferenceAnswers,
  decideProposal,
  decideProposalDeadline,
} from '#sessions/differences/decide-difference-answers'
import { answerProposal, settleDifference } from '#sessions/differences/settle-difference'
import { type DifferenceRow, findDifference } from '#calendar/differences/difference-queries'
import type { DifferenceDecision, DifferenceState } from '#calendar/entries/event-states'
import { withTransaction } from '#database/transactions'
import { formatInstant } from '#notifications/render/format-times'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { deriveToken, isSameSecret, type TokenPurpose } from '#shared/ids'
import { json } from '../support/answer'
import type { Caller } from '../support/caller'
import { decisionPage, decisionPageHeaders } from '../support/decision-page'
import { defineCommand, defineEndpoint } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { findActingConsultant } from '../support/find-consultant'
import { type PageLanguage, pageLanguage } from '../support/page-language'
import { orRefusalPage } from '../support/refusal-page'
import { differenceWords, proposalWords } from './decision-words'
import { differenceDecision } from './schemas'
import { isStaff } from '#access/roles'

const params = z.object({ id: z.uuid() })
const html = {
  description: 'A page with the buttons',
  contentType: 'text/html',
  headers: decisionPageHeaders,
} as const

/** What a decision makes of a difference: pressed again, it is so already. */
const stateAfter: Record<DifferenceDecision, DifferenceState> = {
  propose: 'proposed',
  put_back: 'put_back',
  cancel: 'cancelled',
  keep: 'kept',
}

/** The difference that a link of a mail opens. @throws DomainError `not_found` for a wrong key, as if there were none. */
const openLink = async (
  req: PayloadRequest,
  caller: Caller,
  link: { id: string; key: string; purpose: TokenPurpose },
): Promise<DifferenceRow> => {
  if (!isSameSecret(link.key, deriveToken(settings.payloadSecret, link.purpose, link.id))) {
    return refuseGuess(caller, 'difference')
  }
  return (await findDifference(req, link.id)) ?? refuseGuess(caller, 'difference')
}

/** Carries out what a button asks for; pressed twice, or in two windows, the second one finds what it wants. */
const settleOnce = async (
  req: PayloadRequest,
  { id, wanted }: { id: string; wanted: DifferenceState },
  settle: (tx: PayloadRequest) => Promise<unknown>,
): Promise<void> => {
  try {
    await withTransaction(req, settle)
  } catch (error) {
    const isRefused = error instanceof DomainError && error.code === 'illegal_transition'
    if (!isRefused || (await findDifference(req, id))?.status !== wanted) throw error
  }
}

const describe = (difference: DifferenceRow, { language, locale }: PageLanguage): string[] => {
  const words = differenceWords[language]
  const at = (instant: number) => formatInstant(instant, { locale, timeZone: difference.consultantTimeZone })
  const session = words.session(difference.serviceTypeName, difference.customerName, at(difference.startsAt))
  const { externalStartsAt } = difference
  if (difference.kind === 'deleted') return [session, words.deleted]
  if (externalStartsAt === null) return [session, words.otherDay]
  return [session, (difference.kind === 'moved' ? words.moved : words.somethingElse)(at(externalStartsAt))]
}

const linkQuery = z.strictObject({ key: z.string().max(128) })

export const viewDifferenceEndpoint = defineEndpoint({
  method: 'get',
  path: '/calendar/differences/:id',
  operationId: 'viewCalendarDifference',
  tag: 'Calendar',
  summary: 'What a mail asks a consultant to decide',
  description: 'Looking at it changes nothing: mail programs follow links by themselves.',
  params,
  query: linkQuery,
  answers: { 200: html },
  refusals: ['not_found'],
  refusalsAs: 'page',
  limit: 'browse',
  handle: ({ req, caller, params: { id }, query: { key } }) => {
    const spoken = pageLanguage(req.headers)
    return orRefusalPage(spoken, async () => {
      const difference = await openLink(req, caller, { id, key, purpose: 'calendar-difference' })
      const open = decideDifferenceAnswers(difference, Date.now())
      const { language, locale } = spoken
      const words = differenceWords[language]
      const until = formatInstant(difference.endsAt, { locale, timeZone: difference.consultantTimeZone })
      return decisionPage({
        language,
        title: open.length ? words.question : words.nothingOpen,
        lines: open.length
          ? [...describe(difference, spoken), words.until(until)]
          : [words.endedText[difference.status]],
        buttons: open.map((decision) => ({
          label: words.labels[decision],
          action: `?key=${encodeURIComponent(key)}&decision=${decision}`,
        })),
      })
    })
  },
})

export const decideDifferenceByLinkEndpoint = defineEndpoint({
  method: 'post',
  path: '/calendar/differences/:id',
  operationId: 'decideCalendarDifferenceByLink',
  tag: 'Calendar',
  summary: 'Decide it with the link of the mail',
  params,
  query: linkQuery.extend({ decision: differenceDecision }),
  answers: { 200: html },
  refusals: ['not_found', 'illegal_transition'],
  refusalsAs: 'page',
  limit: 'change',
  handle: ({ req, caller, params: { id }, query: { key, decision } }) => {
    const { language } = pageLanguage(req.headers)
    return orRefusalPage({ language }, async () => {
      const difference = await openLink(req, caller, { id, key, purpose: 'calendar-difference' })
      const actor: Actor = { role: 'consultant', id: difference.consultantUserId }
      await settleOnce(req, { id, wanted: stateAfter[decision] }, (tx) =>
        settleDifference(tx, { differenceId: id, decision, actor }),
      )
      const { done, doneText } = differenceWords[language]
      return decisionPage({ language, title: done, lines: [doneText[decision]], buttons: [] })
    })
  },
})

export const decideDifferenceEndpoint = defineCommand({
  method: 'post',
  path: '/calendar/differences/:id/decide',
  operationId: 'decideCalendarDifference',
  tag: 'Calendar',
  summary: 'Decide what becomes of a difference between a calendar and Parley',
  security: 'login',
  params,
  body: z.strictObject({ decision: differenceDecision }),
  answers: { 200: { description: 'Decided', schema: z.object({ id: z.uuid() }) } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params: { id }, body: { decision } }) => {
    if (!caller.user) throw new DomainError('unauthenticated', 'Log in as a consultant.')
    const difference = await findDifference(req, id)
    const isOwn =
      difference && !isStaff(req) && (await findActingConsultant(req, undefined)) === difference.consultantId
    if (!difference || !(isStaff(req) || isOwn)) throw new DomainError('not_found', 'There is no such difference.')
    const actor: Actor = { role: isOwn ? 'consultant' : 'operations', id: caller.user.id }
    await settleDifference(req, { differenceId: id, decision, actor })
    return { answer: json({ id }) }
  },
})

const describeProposal = (difference: DifferenceRow, { language, locale }: PageLanguage): string[] => {
  const words = proposalWords[language]
  const at = (instant: number) => formatInstant(instant, { locale, timeZone: difference.customerTimeZone })
  return [
    words.session(difference.serviceTypeName, difference.consultantName),
    words.agreed(at(difference.startsAt)),
    words.proposed(difference.externalStartsAt === null ? '' : at(difference.externalStartsAt)),
    words.until(at(decideProposalDeadline(difference))),
  ]
}

export const viewProposalEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/proposals/:id',
  operationId: 'viewTimeProposal',
  tag: 'Book',
  summary: 'Another time that the consultant proposes',
  description: 'The page that the mail leads to. Looking at it changes nothing.',
  params,
  query: linkQuery,
  answers: { 200: html },
  refusals: ['not_found'],
  refusalsAs: 'page',
  limit: 'browse',
  handle: ({ req, caller, params: { id }, query: { key } }) => {
    const spoken = pageLanguage(req.headers)
    return orRefusalPage(spoken, async () => {
      const difference = await openLink(req, caller, { id, key, purpose: 'time-proposal' })
      const state = decideProposal(difference, Date.now())
      const { language } = spoken
      const words = proposalWords[language]
      const action = (answer: string) => `?key=${encodeURIComponent(key)}&answer=${answer}`
      if (state !== 'open') {
        return decisionPage({ language, title: words.stands, lines: [words.ends[state]], buttons: [] })
      }
      return decisionPage({
        language,
        title: words.question,
        lines: describeProposal(difference, spoken),
        buttons: [
          { label: words.accept, action: action('accept') },
          { label: words.decline, action: action('decline') },
        ],
      })
    })
  },
})

export const answerTimeProposalEndpoint = defineEndpoint({
  method: 'post',
  path: '/booking/proposals/:id',
  operationId: 'answerTimeProposal',
  tag: 'Book',
  summary: 'Take the proposed time, or keep the agreed one',
  params,
  query: linkQuery.extend({ answer: z.enum(['accept', 'decline']) }),
  answers: { 200: html },
  refusals: ['not_found', 'slot_taken', 'outside_policy', 'illegal_transition'],
  refusalsAs: 'page',
  limit: 'change',
  handle: ({ req, caller, params: { id }, query: { key, answer } }) => {
    const { language } = pageLanguage(req.headers)
    return orRefusalPage({ language }, async () => {
      await openLink(req, caller, { id, key, purpose: 'time-proposal' })
      const isAccepted = answer === 'accept'
      await settleOnce(req, { id, wanted: isAccepted ? 'moved' : 'put_back' }, (tx) =>
        answerProposal(tx, { differenceId: id, isAccepted }),
      )
      const { accepted, declined, thanks } = proposalWords[language]
      return decisionPage({ language, title: thanks, lines: [isAccepted ? accepted : declined], buttons: [] })
    })
  },
})
