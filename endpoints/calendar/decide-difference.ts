import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import {
  decideDifferenceAnswers,
  decideProposal,
  decideProposalDeadline,
} from '#sessions/differences/decide-difference-answers'
import { answerProposal, proposalEnds, settleDifference } from '#sessions/differences/settle-difference'
import { type DifferenceRow, findDifference } from '#calendar/differences/difference-queries'
import type { DifferenceDecision, DifferenceState } from '#calendar/entries/event-states'
import { withTransaction } from '#database/transactions'
import { formatInstant } from '#notifications/render/format-times'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { deriveToken, isSameSecret, type TokenPurpose } from '#shared/ids'
import { toDomainError } from '../support/problem-response'
import { type Answer, json } from '../support/answer'
import type { Caller } from '../support/caller'
import { decisionPage, decisionPageHeaders } from '../support/decision-page'
import { defineCommand, defineEndpoint } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { findActingConsultant } from '../support/find-consultant'
import { differenceDecision } from './schemas'
import { isStaff } from '#access/roles'

const params = z.object({ id: z.uuid() })
const html = {
  description: 'A page with the buttons',
  contentType: 'text/html',
  headers: decisionPageHeaders,
} as const

const labels: Record<DifferenceDecision, string> = {
  propose: 'Propose the new time to the customer',
  put_back: 'Put it back in my calendar',
  cancel: 'Cancel the session',
  keep: 'Keep the session as it is',
}

const doneText: Record<DifferenceDecision, string> = {
  propose: 'The customer is asked. Until they say yes, the session stays where it was.',
  put_back: 'It will be back in your calendar in a moment.',
  cancel: 'The session is cancelled; the customer is told, and what they paid goes back.',
  keep: 'The session stays as it is.',
}

/** What became of one that needs no answer any more. */
const endedText: Record<DifferenceState, string> = {
  open: 'The session is over or was called off, so the time to answer has ended.',
  proposed: 'The session is over or was called off, so the time to answer has ended.',
  put_back: 'It was decided to put the session back in your calendar.',
  moved: 'The session was moved to the new time.',
  cancelled: 'It was decided to cancel the session.',
  kept: 'It was decided to keep the session as it is.',
  settled: 'It settled itself.',
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

/** A refusal as a page: who follows a link of a mail sees no JSON. */
const orPage = async (run: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await run()
  } catch (error) {
    const refusal = toDomainError(error)
    if (!refusal) throw error
    return decisionPage({ title: 'That is not possible', lines: [refusal.message], buttons: [] }, refusal.status)
  }
}

const consultantTime = ({ consultantTimeZone }: DifferenceRow, at: number): string =>
  formatInstant(at, { locale: 'en-GB', timeZone: consultantTimeZone })

const describe = (difference: DifferenceRow): string[] => {
  const view = { locale: 'en-GB', timeZone: difference.consultantTimeZone }
  const session = `${difference.serviceTypeName} with ${difference.customerName}, ${formatInstant(difference.startsAt, view)}`
  const { externalStartsAt } = difference
  if (difference.kind === 'deleted') return [session, 'Somebody deleted it from your calendar. It is still booked.']
  if (externalStartsAt === null)
    return [session, 'Your calendar has it on another day now. It is still booked as above.']
  return difference.kind === 'moved'
    ? [session, `In your calendar it is on ${formatInstant(externalStartsAt, view)} now.`]
    : [session, `Your calendar has something else from ${formatInstant(externalStartsAt, view)}.`]
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
  handle: ({ req, caller, params: { id }, query: { key } }) =>
    orPage(async () => {
      const difference = await openLink(req, caller, { id, key, purpose: 'calendar-difference' })
      const open = decideDifferenceAnswers(difference, Date.now())
      return decisionPage({
        title: open.length ? 'What should happen to this session?' : 'There is nothing to decide any more',
        lines: open.length
          ? [...describe(difference), `You can answer until ${consultantTime(difference, difference.endsAt)}.`]
          : [endedText[difference.status]],
        buttons: open.map((decision) => ({
          label: labels[decision],
          action: `?key=${encodeURIComponent(key)}&decision=${decision}`,
        })),
      })
    }),
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
  handle: ({ req, caller, params: { id }, query: { key, decision } }) =>
    orPage(async () => {
      const difference = await openLink(req, caller, { id, key, purpose: 'calendar-difference' })
      const actor: Actor = { role: 'consultant', id: difference.consultantUserId }
      await withTransaction(req, (tx) => settleDifference(tx, { differenceId: id, decision, actor }))
      return decisionPage({ title: 'Done', lines: [doneText[decision]], buttons: [] })
    }),
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

const describeProposal = (difference: DifferenceRow): string[] => {
  const view = { locale: 'en-GB', timeZone: difference.customerTimeZone }
  const to = difference.externalStartsAt === null ? '' : formatInstant(difference.externalStartsAt, view)
  return [
    `${difference.serviceTypeName} with ${difference.consultantName}`,
    `Agreed: ${formatInstant(difference.startsAt, view)}`,
    `Proposed: ${to}`,
    `You can answer until ${formatInstant(decideProposalDeadline(difference), view)}.`,
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
  handle: ({ req, caller, params: { id }, query: { key } }) =>
    orPage(async () => {
      const difference = await openLink(req, caller, { id, key, purpose: 'time-proposal' })
      const state = decideProposal(difference, Date.now())
      const stands = state === 'open'
      const action = (answer: string) => `?key=${encodeURIComponent(key)}&answer=${answer}`
      return decisionPage({
        title: stands ? 'Would another time suit you?' : 'This proposal does not stand any more',
        lines: state === 'open' ? describeProposal(difference) : [proposalEnds[state]],
        buttons: stands
          ? [
              { label: 'Take the new time', action: action('accept') },
              { label: 'Keep the agreed time', action: action('decline') },
            ]
          : [],
      })
    }),
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
  handle: ({ req, caller, params: { id }, query: { key, answer } }) =>
    orPage(async () => {
      await openLink(req, caller, { id, key, purpose: 'time-proposal' })
      const isAccepted = answer === 'accept'
      await withTransaction(req, (tx) => answerProposal(tx, { differenceId: id, isAccepted }))
      const line = isAccepted
        ? 'Your session is at the new time. You will get a mail about it.'
        : 'Your session stays at the agreed time.'
      return decisionPage({ title: 'Thank you', lines: [line], buttons: [] })
    }),
})
