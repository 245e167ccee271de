import { z } from 'zod'
import { decideProcessWords } from '#desk/health/decide-process-words'
import { providerStates } from '#desk/health/decide-provider-state'
import { providerKinds } from '#desk/health/list-providers'
import { readProviderHealth } from '#desk/health/read-provider-health'
import { countWorkers } from '#outbox/count-workers-queries'
import { isoOrNull } from '#shared/time'
import { namesOf } from '#shared/state-table'
import { checkReadiness, workerSilenceSeconds } from '../machines/check-readiness'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { dateTime } from '../support/schemas'
import { requireStaff } from './require-staff'

const provider = z
  .object({
    name: z.string(),
    label: z.string(),
    kind: z.enum(namesOf(providerKinds)),
    kindLabel: z.string(),
    state: z.enum(namesOf(providerStates)),
    stateLabel: z.string(),
    text: z.string().describe('Why it is so, in words; where it is not set up, which settings are missing'),
    at: dateTime.nullable().describe('Since when it fails, until when it takes no calls, or when it last answered'),
    lastSuccessAt: dateTime.nullable(),
    lastFailureAt: dateTime.nullable(),
    waiting: z.int().describe('How much is stuck with it'),
  })
  .meta({ id: 'ProviderHealth' })

export const getHealthEndpoint = defineEndpoint({
  method: 'get',
  path: '/operations/health',
  operationId: 'getOperationsHealth',
  tag: 'Operations',
  summary: 'How processes and providers fare',
  description: 'For staff. What `GET /api/health/ready` says, in words, and every provider by the last calls to it.',
  security: 'login',
  answers: {
    200: {
      description: 'How they fare',
      schema: z.object({
        processes: z.array(z.object({ name: z.string(), label: z.string(), ok: z.boolean(), text: z.string() })),
        providers: z.array(provider),
      }),
    },
  },
  refusals: ['unauthenticated', 'forbidden'],
  limit: 'change',
  handle: async ({ req, caller }) => {
    requireStaff(req, caller)
    const { parts } = await checkReadiness(req.payload)
    const workers = await countWorkers(req, workerSilenceSeconds)
    const providers = await readProviderHealth(req, Date.now())
    return json({
      processes: decideProcessWords({ ...parts, workers }),
      providers: providers.map(({ name, label, kind, state, text, at, lastSuccessAt, lastFailureAt, waiting }) => ({
        ...{
          name,
          label,
          kind,
          kindLabel: providerKinds[kind],
          state,
          stateLabel: providerStates[state],
          text,
          waiting,
        },
        at: isoOrNull(at),
        lastSuccessAt: isoOrNull(lastSuccessAt),
        lastFailureAt: isoOrNull(lastFailureAt),
      })),
    })
  },
})
