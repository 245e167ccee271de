import { z } from 'zod'
import { changeSessionState } from '#sessions/change/change-session'
import { lockSessionToAct } from '#sessions/lock-session-to-act'
import type { SessionState } from '#sessions/session-states'
import { line } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import type { Operation } from '../support/operation'
import { findSessionFor } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { referenceParams, sessionRead, sessionSide, tokenQuery } from '../support/schemas'

type StaffAction = {
  action: 'confirm' | 'decline' | 'start' | 'complete'
  summary: string
  to: SessionState
}

const body = z.strictObject({
  who: sessionSide.optional().describe('Heeded by `no-show` alone'),
  reason: line(1_000).optional(),
})

const actions: StaffAction[] = [
  { action: 'confirm', summary: 'Accept a session that waits for confirmation', to: 'scheduled' },
  { action: 'decline', summary: 'Decline a session that waits for confirmation', to: 'declined' },
  { action: 'start', summary: 'The session has begun', to: 'in_progress' },
  { action: 'complete', summary: 'The session was held', to: 'completed' },
]

/** What the consultant and operations do with a session. */
export const staffActions: Operation[] = actions.map(({ action, summary, to }) =>
  defineCommand({
    method: 'post',
    path: `/booking/sessions/:reference/${action}`,
    operationId: `${action}Session`,
    tag: 'Staff',
    summary,
    security: 'token or login',
    params: referenceParams,
    query: tokenQuery,
    body,
    answers: { 200: { description: 'The session afterwards', schema: sessionRead } },
    refusals: ['forbidden', 'not_found', 'illegal_transition'],
    limit: 'change',
    handle: async ({ req, caller, params, body }) => {
      const { session, actor } = await findSessionFor(req, caller, params.reference)
      const locked = await lockSessionToAct(req, { sessionId: session.id, action, actor })
      await changeSessionState(req, {
        session: locked,
        to,
        actor,
        reason: body.reason,
        now: Date.now(),
      })
      const after = await findSessionFor(req, caller, params.reference)
      return { answer: json(await viewSessionWithPayment(req, after.session, actor)) }
    },
  }),
)
