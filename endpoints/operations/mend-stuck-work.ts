import { z } from 'zod'
import { stuckKinds } from '#desk/work/all-stuck-work'
import { mendAllWork, mendWork } from '#desk/work/mend-work'
import { paragraph } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import type { Operation } from '../support/operation'
import { requireStaff } from './require-staff'

const kind = z
  .string()
  .regex(/^[a-z-]{1,40}$/, 'must be a kind of stuck work')
  .describe(`One of ${[...stuckKinds.keys()].join(', ')}`)
const id = z.string().regex(/^[\w-]{1,64}$/, 'must be the id of stuck work')

const workParams = z.object({ kind, id })

/** So many at once: each takes some statements in one transaction. */
const mostAtOnce = 50

const items = z.array(z.strictObject({ kind, id })).min(1).max(mostAtOnce)
const reason = paragraph(1_000).describe('Kept beside who gave it up and when')

const done = z.object({ kind: z.string(), id: z.string() })
const results = z.object({
  results: z.array(done.extend({ isDone: z.boolean(), detail: z.string().nullable().describe('Why not') })),
})

const refusals = ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition', 'outside_policy'] as const

const forStaff = { tag: 'Operations', security: 'login', limit: 'change', method: 'post' } as const

/** What staff do about stuck work: one piece, or several that they have chosen. */
export const mendingEndpoints: readonly Operation[] = [
  defineCommand({
    ...forStaff,
    path: '/operations/work/retry',
    operationId: 'retryStuckWorkTogether',
    summary: 'Try several pieces of stuck work again',
    description: 'For staff. Each on its own: one that is refused does not keep the others.',
    body: z.strictObject({ items }),
    answers: { 200: { description: 'What became of each', schema: results } },
    refusals: ['unauthenticated', 'forbidden'],
    handle: async ({ req, caller, body }) => {
      requireStaff(req, caller)
      return { answer: json({ results: await mendAllWork(req, body.items, { decision: 'try_again' }) }) }
    },
  }),
  defineCommand({
    ...forStaff,
    path: '/operations/work/give-up',
    operationId: 'giveUpStuckWorkTogether',
    summary: 'Give several pieces of stuck work up, for one reason',
    description: 'For staff. Each on its own: one that is refused does not keep the others.',
    body: z.strictObject({ items, reason }),
    answers: { 200: { description: 'What became of each', schema: results } },
    refusals: ['unauthenticated', 'forbidden'],
    handle: async ({ req, caller, body }) => {
      requireStaff(req, caller)
      const decision = { decision: 'give_up', reason: body.reason } as const
      return { answer: json({ results: await mendAllWork(req, body.items, decision) }) }
    },
  }),
  defineCommand({
    ...forStaff,
    path: '/operations/work/:kind/:id/retry',
    operationId: 'retryStuckWork',
    summary: 'Try a piece of stuck work again, now',
    description: 'For staff. `actions.tryAgain` of the list says what follows.',
    params: workParams,
    body: z.strictObject({
      isGivenUp: z.boolean().default(false).describe('It is known to be given up, and is tried again all the same'),
    }),
    answers: { 200: { description: 'The worker has it', schema: done } },
    refusals,
    handle: async ({ req, caller, params, body }) => {
      requireStaff(req, caller)
      await mendWork(req, params, { decision: 'try_again', isGivenUp: body.isGivenUp })
      return { answer: json(params) }
    },
  }),
  defineCommand({
    ...forStaff,
    path: '/operations/work/:kind/:id/give-up',
    operationId: 'giveUpStuckWork',
    summary: 'Give a piece of stuck work up',
    description:
      'For staff. `actions.giveUp` of the list says what follows; money that is still to be moved cannot be given up.',
    params: workParams,
    body: z.strictObject({ reason }),
    answers: { 200: { description: 'It is given up', schema: done } },
    refusals,
    handle: async ({ req, caller, params, body }) => {
      requireStaff(req, caller)
      await mendWork(req, params, { decision: 'give_up', reason: body.reason })
      return { answer: json(params) }
    },
  }),
]
