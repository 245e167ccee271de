import { z } from 'zod'
import { findSessionByReference } from '../../src/booking/session-queries'
import { settings } from '../../src/settings'
import { DomainError } from '../../src/shared/errors'
import { deriveToken, isSameSecret } from '../../src/shared/ids'
import { redirect } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { referenceParams } from '../support/schemas'

const joinable = new Set(['scheduled', 'in_progress'])

export const joinSession = defineEndpoint({
  method: 'get',
  path: '/booking/sessions/:reference/join',
  operationId: 'joinSession',
  tag: 'Book',
  summary: 'Go to the meeting room',
  description: 'The stable link that mails and calendars carry. It leads to the room wherever that is by now.',
  params: referenceParams,
  query: z.strictObject({ key: z.string().max(128) }),
  answers: { 302: { description: 'To the room' } },
  refusals: ['not_found', 'illegal_transition', 'rate_limited'],
  limit: 'browse',
  handle: async ({ req, caller, params, query }) => {
    const expected = deriveToken(settings.payloadSecret, 'session-join', params.reference)
    if (!isSameSecret(query.key, expected)) return refuseGuess(caller, 'session')
    const session = await findSessionByReference(req, params.reference)
    if (!session) return refuseGuess(caller, 'session')
    if (!joinable.has(session.status) || session.meetingJoinUrl === null) {
      throw new DomainError(
        'illegal_transition',
        `There is no room: the session is ${session.status.replaceAll('_', ' ')}.`,
      )
    }
    return redirect(session.meetingJoinUrl)
  },
})
