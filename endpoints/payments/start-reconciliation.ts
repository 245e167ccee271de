import { z } from 'zod'
import { isStaff } from '#access/roles'
import { startReconciliation as start } from '#checkout/reconciliation/start-reconciliation'
import { DomainError } from '#shared/errors'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'

export const startReconciliation = defineCommand({
  method: 'post',
  path: '/payments/reconciliations',
  operationId: 'startReconciliation',
  tag: 'Payments',
  summary: 'Compare the books with Stripe now',
  description:
    'Runs nightly by itself. While one runs there is no second one: its id is answered. Follow it at `GET /api/reconciliation-runs/{id}`; what differs is listed at `/api/reconciliation-findings`. For staff.',
  security: 'login',
  body: z.strictObject({}),
  answers: {
    202: {
      description: 'It runs',
      schema: z.object({ run: z.object({ id: z.string(), status: z.literal('running') }) }),
    },
  },
  refusals: ['unauthenticated', 'forbidden'],
  limit: 'change',
  handle: async ({ req, caller }) => {
    if (!caller.user) throw new DomainError('unauthenticated', 'Log in first.')
    if (!isStaff(req)) throw new DomainError('forbidden', 'Only staff compare the books with Stripe.')
    const id = await start(req, { trigger: 'operations', requestedBy: caller.user.id })
    return { answer: json({ run: { id, status: 'running' } }, { status: 202 }) }
  },
})
