import { z } from 'zod'
import { noteJoined } from '#sessions/rooms/note-joined'
import { findSessionByReference } from '#sessions/session-queries'
import { requireAction } from '#sessions/lock-session-to-act'
import { findHostUrl } from '#meetings/find-host-url'
import { settings } from '#settings'
import { deriveToken, isSameSecret } from '#shared/ids'
import { redirect } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { referenceParams } from '../support/schemas'

/** Whose link it is; each side has its own. */
const sideOf = (key: string, reference: string): 'customer' | 'consultant' | undefined => {
  const isOf = (purpose: 'session-join' | 'session-host') =>
    isSameSecret(key, deriveToken(settings.payloadSecret, purpose, reference))
  if (isOf('session-join')) return 'customer'
  return isOf('session-host') ? 'consultant' : undefined
}

export const joinSessionEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/sessions/:reference/join',
  operationId: 'joinSession',
  tag: 'Book',
  summary: 'Go to the meeting room',
  description:
    'The stable link that mails and calendars carry, one for each side. It leads to the room wherever that is by now; the consultant enters as its host.',
  params: referenceParams,
  query: z.strictObject({ key: z.string().max(128) }),
  answers: { 302: { description: 'To the room', headers: { Location: 'The room' } } },
  refusals: ['not_found', 'illegal_transition'],
  limit: 'browse',
  handle: async ({ req, caller, params, query }) => {
    const side = sideOf(query.key, params.reference)
    const session = side && (await findSessionByReference(req, params.reference))
    if (!side || !session) return refuseGuess(caller, 'session')
    await requireAction(req, session, { action: 'join', actor: { role: side } })
    if (session.meetingJoinUrl === null) throw new Error(`Session ${session.reference} has no room.`)
    await noteJoined(req, session, side)
    const hostUrl = side === 'consultant' ? await findHostUrl(req, session) : undefined
    return redirect(hostUrl ?? session.meetingJoinUrl)
  },
})
