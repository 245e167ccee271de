import { z } from 'zod'
import { otherSide, type SessionSide } from '#sessions/no-show/decide-no-show'
import { reportNoShow } from '#sessions/no-show/report-no-show'
import type { ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { line } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { referenceParams, sessionRead, sessionSide, tokenQuery } from '../support/schemas'

/** A side can only report the other one; staff have to say whom they mean. */
const missingSide = (who: SessionSide | undefined, role: ActorRole): SessionSide => {
  const missing = who ?? (role === 'consultant' || role === 'customer' ? otherSide(role) : undefined)
  if (missing) return missing
  throw new DomainError('invalid_request', 'Say who did not come.', {
    errors: [{ path: 'who', message: 'must be customer or consultant' }],
  })
}

export const reportNoShowEndpoint = defineCommand({
  method: 'post',
  path: '/booking/sessions/:reference/no-show',
  operationId: 'noShowSession',
  tag: 'Staff',
  summary: 'One side did not come',
  description:
    'Recorded at once where nothing speaks against it, and by staff. What a side says against attendance, a started session or the other side is a claim, which operations decide: see `claim` of the session. Possible after the start, until the payout has left.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({
    who: sessionSide.optional().describe('Who did not come; staff have to say'),
    reason: line(1_000).optional().describe('What happened, in your words'),
  }),
  answers: {
    200: { description: 'Recorded: the session afterwards', schema: sessionRead },
    202: { description: 'A claim was made of it: the session with its `claim`', schema: sessionRead },
  },
  refusals: ['forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    const outcome = await reportNoShow(req, {
      sessionId: session.id,
      missing: missingSide(body.who, actor.role),
      actor,
      statement: body.reason,
    })
    const after = await findSessionFor(req, caller, params.reference)
    const view = await viewSessionWithPayment(req, after.session, actor)
    return { answer: json(view, { status: outcome === 'claim' ? 202 : 200 }) }
  },
})
