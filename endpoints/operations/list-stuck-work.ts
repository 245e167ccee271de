import { z } from 'zod'
import { countWork, listWork, type WorkView, workPageSize } from '#desk/work/list-work'
import { stuckKinds } from '#desk/work/all-stuck-work'
import { mostCounted } from '#desk/work/work-queries'
import { providerLabel } from '#desk/health/list-providers'
import { line } from '#shared/input'
import { iso, isoOrNull } from '#shared/time'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { dateTime } from '../support/schemas'
import { requireStaff } from './require-staff'

const action = z.object({
  isAllowed: z.boolean(),
  text: z.string().describe('What follows; or, where it is not allowed, why not and what to do instead'),
})

const named = z.object({ name: z.string(), label: z.string() })

const stuckWork = z
  .object({
    kind: z.string(),
    kindLabel: z.string(),
    id: z.string(),
    title: z.string(),
    provider: named.nullable().describe('Whose machine did not do it'),
    records: z
      .array(z.object({ collection: z.string(), id: z.string(), title: z.string() }))
      .describe('What it is about'),
    since: dateTime,
    tries: z.int(),
    nextAt: dateTime.nullable().describe('When it is tried again by itself'),
    isOver: z.boolean().describe('Nothing happens by itself any more'),
    why: z.string(),
    hint: z.string().nullable().describe('What puts it right'),
    noted: z.string().nullable().describe('The first line of the error, without what is nobody’s business'),
    actions: z.object({ tryAgain: action, giveUp: action }).nullable().describe('Null: nothing of it is left'),
    givenUp: z
      .object({ reason: z.string(), by: z.string().nullable(), at: dateTime })
      .nullable()
      .describe('Who gave it up, when and why'),
  })
  .meta({ id: 'StuckWork' })

const presentWork = (view: WorkView): z.output<typeof stuckWork> => ({
  ...view,
  since: iso(view.since),
  nextAt: isoOrNull(view.nextAt),
  givenUp: view.givenUp && { ...view.givenUp, at: iso(view.givenUp.at) },
})

export const listStuckWorkEndpoint = defineEndpoint({
  method: 'get',
  path: '/operations/work',
  operationId: 'listStuckWork',
  tag: 'Operations',
  summary: 'What failed or waits too long, and what can be done about it',
  description: `For staff. Jobs, messages, events, rooms, calendars and money in one list; what waits longest comes first. At most ${workPageSize} at once; \`next\` leads to more.`,
  security: 'login',
  query: z.object({
    kind: z
      .string()
      .max(40)
      .optional()
      .describe(`One of ${[...stuckKinds.keys()].join(', ')}`),
    provider: z.string().max(40).optional(),
    search: line(200)
      .optional()
      .describe('A reference, the id of an event, a person’s name or address, or a part of what it is'),
    shown: z
      .enum(['stuck', 'given_up'])
      .default('stuck')
      .describe('What is given up comes with its reason, latest first'),
    cursor: z.string().max(500).optional().describe('`next` of the page before'),
  }),
  answers: {
    200: {
      description: 'A page of it',
      schema: z.object({
        work: z.array(stuckWork),
        next: z.string().nullable(),
        counts: z
          .array(z.object({ kind: z.string(), label: z.string(), provider: named.nullable(), count: z.int() }))
          .describe(
            `What is stuck by kind and provider, whatever is asked for; at most ${mostCounted} of a kind are counted`,
          ),
      }),
    },
  },
  refusals: ['unauthenticated', 'forbidden'],
  limit: 'change',
  handle: async ({ req, caller, query: { shown, ...question } }) => {
    requireStaff(req, caller)
    const { work, next } = await listWork(req, { ...question, isGivenUp: shown === 'given_up' })
    const counts = await countWork(req)
    return json({
      work: work.map(presentWork),
      next,
      counts: counts.map(({ kind, label, provider, count }) => ({
        kind,
        label,
        provider: provider === null ? null : { name: provider, label: providerLabel(provider) },
        count,
      })),
    })
  },
})
