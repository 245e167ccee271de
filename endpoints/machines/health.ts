import { z } from 'zod'
import { checkReadiness } from './check-readiness'
import { DomainError, toProblem } from '#shared/errors'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'

const part = z.object({ ok: z.boolean() })

const parts = z.object({
  database: part.extend({ reason: z.string().optional() }),
  writes: part.extend({ reason: z.string().optional() }),
  migrations: part.extend({ pending: z.array(z.string()) }),
  worker: part.extend({ secondsSinceSeen: z.number().nullable() }),
  queue: part.extend({ oldestDueSeconds: z.number().nullable() }),
  replica: part
    .extend({ lagMs: z.number().nullable() })
    .optional()
    .describe('Only where there is one. When it is away or too far behind, reads go to the primary, and all is ready'),
})

/** Looks at nothing: a load balancer asks every second, and the benchmarks measure everything else against it. */
export const healthLiveEndpoint = defineEndpoint({
  method: 'get',
  path: '/health/live',
  operationId: 'healthLive',
  tag: 'Machines',
  summary: 'The process is alive',
  answers: { 200: { description: 'It is', schema: z.object({ ok: z.literal(true) }) } },
  refusals: [],
  isStandalone: true,
  handle: () => json({ ok: true }),
})

export const healthReadyEndpoint = defineEndpoint({
  method: 'get',
  path: '/health/ready',
  operationId: 'healthReady',
  tag: 'Machines',
  summary: 'The installation can do its work',
  description:
    'The database answers, can be written to and has all migrations, a worker was seen within the last minute, and no job that is due has waited for more than five.',
  answers: {
    200: { description: 'All parts are well', schema: z.object({ ok: z.literal(true), parts }) },
    503: {
      description: 'At least one part is not; `parts` says which',
      schema: z.object({
        type: z.url(),
        title: z.string(),
        status: z.literal(503),
        detail: z.string(),
        code: z.literal('unavailable'),
        ok: z.literal(false),
        parts,
      }),
      contentType: 'application/problem+json',
    },
  },
  refusals: [],
  isStandalone: true,
  handle: async ({ req }) => {
    const readiness = await checkReadiness(req.payload)
    if (readiness.ok) return json(readiness)
    const { database, writes, migrations, worker, queue } = readiness.parts
    const needed = { database, writes, migrations, worker, queue }
    const failing = Object.entries(needed).flatMap(([name, { ok }]) => (ok ? [] : [name]))
    const reasons = [`Not ready: ${failing.join(', ')}.`, database.reason, writes.reason].filter(Boolean)
    const problem = toProblem(new DomainError('unavailable', reasons.join(' ')))
    return { status: 503, body: JSON.stringify({ ...problem, ...readiness }), contentType: 'application/problem+json' }
  },
})
