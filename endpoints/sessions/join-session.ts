import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { isJoinNoted, noteJoined } from '#sessions/rooms/note-joined'
import { doorOfKey, roomDoors } from '#sessions/rooms/room-doors'
import { findSessionByReference, type SessionRow } from '#sessions/session-queries'
import { requireAction } from '#sessions/lock-session-to-act'
import { findHostUrl } from '#meetings/find-host-url'
import { settings } from '#settings'
import { type Answer, goOn, redirect } from '../support/answer'
import type { Caller } from '../support/caller'
import { decisionPage, decisionPageHeaders } from '../support/decision-page'
import { defineEndpoint } from '../support/define-endpoint'
import { pageLanguage } from '../support/page-language'
import { orRefusalPage } from '../support/refusal-page'
import { wantsPage } from '../support/wants-page'
import { joinWords } from './join-words'
import { refuseGuess } from '../support/find-record'
import { referenceParams } from '../support/schemas'

const linkQuery = z.strictObject({ key: z.string().max(128) })

/** The session whose room a link opens, and what the link makes of whoever comes. @throws DomainError `not_found`, `illegal_transition`. */
const openLink = async (
  req: PayloadRequest,
  caller: Caller,
  { reference, key }: { reference: string; key: string },
) => {
  const door = doorOfKey({ key, reference, secret: settings.payloadSecret })
  const session = door && (await findSessionByReference(req, reference))
  if (!door || !session) return refuseGuess(caller, 'session')
  const { side, asHost } = roomDoors[door]
  await requireAction(req, session, { action: 'join', actor: { role: side ?? 'operations' } })
  if (session.meetingJoinUrl === null) throw new Error(`Session ${session.reference} has no room.`)
  return { session, side, asHost, room: session.meetingJoinUrl }
}

/** Who follows a link of a mail or a calendar sees no JSON; programs do. */
const orPage = (req: PayloadRequest, run: () => Promise<Answer>): Promise<Answer> =>
  wantsPage(req.headers) ? orRefusalPage(pageLanguage(req.headers), run) : run()

const roomOf = async (
  req: PayloadRequest,
  { session, asHost, room }: { session: SessionRow; asHost: boolean; room: string },
): Promise<string> => (asHost ? await findHostUrl(req, session) : undefined) ?? room

export const joinSessionEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/sessions/:reference/join',
  operationId: 'joinSession',
  tag: 'Book',
  summary: 'Go to the meeting room',
  description:
    'The stable link that mails and calendars carry, one for each side. It leads to the room wherever that is by now; the consultant enters as its host. From fifteen minutes before the start, when who comes is noted as there, it is a page with a button: programs that read mails follow links by themselves.',
  params: referenceParams,
  query: linkQuery,
  answers: {
    200: { description: 'A page with the button', contentType: 'text/html', headers: decisionPageHeaders },
    302: { description: 'To the room', headers: { Location: 'The room' } },
  },
  refusals: ['not_found', 'illegal_transition'],
  refusalsAs: 'page',
  limit: 'browse',
  handle: ({ req, caller, params, query }) =>
    orPage(req, async () => {
      const opened = await openLink(req, caller, { ...params, ...query })
      const { session, side } = opened
      if (side === null || !isJoinNoted(session, Date.now())) return redirect(await roomOf(req, opened))
      const other = side === 'consultant' ? session.customerName : session.consultantName
      const { language } = pageLanguage(req.headers, side === 'customer' ? session.language : null)
      const { title, line, enter } = joinWords[language]
      return decisionPage({
        language,
        title,
        lines: [line(session.serviceTypeName, other)],
        buttons: [{ label: enter, action: `?key=${encodeURIComponent(query.key)}` }],
        leadsAway: true,
      })
    }),
})

export const enterRoomEndpoint = defineEndpoint({
  method: 'post',
  path: '/booking/sessions/:reference/join',
  operationId: 'enterRoom',
  tag: 'Book',
  summary: 'Enter the meeting room',
  description:
    'What the button of the page behind the link does: notes that this side is there, and leads to the room.',
  params: referenceParams,
  query: linkQuery,
  answers: { 303: { description: 'To the room', headers: { Location: 'The room' } } },
  refusals: ['not_found', 'illegal_transition'],
  refusalsAs: 'page',
  limit: 'change',
  handle: ({ req, caller, params, query }) =>
    orPage(req, async () => {
      const opened = await openLink(req, caller, { ...params, ...query })
      if (opened.side !== null) await noteJoined(req, opened.session, opened.side)
      return goOn(await roomOf(req, opened))
    }),
})
