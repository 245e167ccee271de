import { z } from 'zod'
import { changeSessionState } from '#sessions/change/change-session'
import { lockSessionToAct } from '#sessions/lock-session-to-act'
import { type SessionState, stateMissedBy } from '#sessions/session-states'
import { DomainError } from '#shared/errors'
import { line } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import type { Operation } from '../support/operation'
import { findSessionFor } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { referenceParams, sessionRead, tokenQuery } from '../support/schemas'

const sides = ['customer', 'consultant'] as const

type StaffAction = {
  action: 'confirm' | 'decline' | 'start' | 'complete' | 'no-show'
  summary: string
  to: (who: (typeof sides)[number] | undefined, role: string) => SessionState
}

const body = z.strictObject({
  who: z.enum(sides).optional().describe('Who did not come (no-show only)'),
  reason: line(1_000).optional(),
})

const noShowState: StaffAction['to'] = (who, role) => {
  // A side can only report the other one; staff have to say whom they mean.
  const absent = who ?? (role === 'consultant' ? 'customer' : role === 'customer' ? 'consultant' : undefined)
  if (!absent) {
    throw new DomainError('invalid_request', 'Say who did not come.', {
      errors: [{ path: 'who', message: 'must be customer or consultant' }],
    })
  }
  return stateMissedBy(absent)
}

const actions: StaffAction[] = [
  { action: 'confirm', summary: 'Accept a session that waits for confirmation', to: () => 'scheduled' },
  { action: 'decline', summary: 'Decline a session that waits for confirmation', to: () => 'declined' },
  { action: 'start', summary: 'The session has begun', to: () => 'in_progress' },
  { action: 'complete', summary: 'The session was held', to: () => 'completed' },
  { action: 'no-show', summary: 'One side did not come', to: noShowState },
]

/** What the consultant and operations do with a session, and a customer whose consultant did not come. */
export const staffActions: Operation[] = actions.map(({ action, summary, to }) =>
  defineCommand({
    method: 'post',
    path: `/booking/sessions/:reference/${action}`,
    operationId: `${action.replace('-s', 'S')}Session`,
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
        to: to(body.who, actor.role),
        actor,
        reason: body.reason,
        now: Date.now(),
      })
      const after = await findSessionFor(req, caller, params.reference)
      return { answer: json(await viewSessionWithPayment(req, after.session, actor)) }
    },
  }),
)
