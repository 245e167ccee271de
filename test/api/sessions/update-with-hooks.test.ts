import type { CollectionConfig, Payload, PayloadRequest } from 'payload'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ScheduledSession, ServiceType } from '#payload-types'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient
let consultant: ConsultantProfile
let serviceType: ServiceType
let hour = 0

beforeAll(async () => {
  ;({ payload } = await openTestPayload({}))
  api = await createRestClient(payload)
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant])
})

type Hooks = NonNullable<CollectionConfig['hooks']>
type Added = {
  [Name in 'beforeOperation' | 'beforeValidate' | 'beforeChange' | 'afterChange' | 'afterOperation']: NonNullable<
    Hooks[Name]
  >[number]
}

const names = ['beforeOperation', 'beforeValidate', 'beforeChange', 'afterChange', 'afterOperation'] as const

let seen: [string, unknown][] = []
let change: Partial<ScheduledSession> = {}
let refuseIn: string | undefined

const note = (name: string, what: object) => {
  // The rest is the same object for all of them.
  seen.push([name, structuredClone(JSON.parse(JSON.stringify(what)))])
  if (refuseIn === name) throw new Error('Not on this day.')
}

/** As an installation adds them: behind the product's own. */
const added: Added = {
  beforeOperation: ({ args, operation }) => {
    if (operation !== 'update' || !('data' in args)) return
    note('beforeOperation', { operation, data: args.data })
  },
  beforeValidate: ({ data, operation, originalDoc }) => {
    note('beforeValidate', { operation, data, originalDoc })
  },
  beforeChange: ({ data, operation, originalDoc }) => {
    note('beforeChange', { operation, data, originalDoc })
    return { ...data, ...change }
  },
  afterChange: ({ data, operation, previousDoc, doc }) => {
    note('afterChange', { operation, data, previousDoc, status: (doc as ScheduledSession).status })
  },
  afterOperation: ({ operation, result }) => {
    if (operation === 'updateByID') note('afterOperation', { operation, status: (result as ScheduledSession).status })
    return result
  },
}

const hooks = () => payload.collections['scheduled-sessions'].config.hooks as unknown as Record<string, unknown[]>

beforeEach(() => {
  seen = []
  change = {}
  refuseIn = undefined
  for (const name of names) hooks()[name]?.push(added[name])
})

afterEach(() => {
  for (const name of names) hooks()[name]?.pop()
})

const read = (id: string) =>
  payload.findByID({ collection: 'scheduled-sessions', id, depth: 0, showHiddenFields: true })

/** A session with something in every kind of field. */
const bookSession = async (): Promise<ScheduledSession> => {
  const start = hourIn(5 + Math.floor(hour / 20), hour++ % 20)
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start: iso(start),
    customer: guest(),
  })
  expect(answer.status, answer.text).toBe(201)
  const where = { reference: { equals: String(answer.json.session.reference) } }
  const { docs } = await payload.find({ collection: 'scheduled-sessions', where, depth: 0, limit: 1 })
  if (!docs[0]) throw new Error('It was not booked.')
  const { id } = docs[0]
  await payload.update({
    collection: 'scheduled-sessions',
    id,
    data: {
      actionItems: ['Call back', 'Send the form'],
      consultantFeedback: { rating: 5, reviewText: 'Prepared.' },
      aiSummary: 'All of it.',
    },
    depth: 0,
  })
  seen = []
  return read(id)
}

/** Who cancels, for the gate. */
const context = { actor: { role: 'operations', id: null }, reason: 'The office is closed.' }
const data = { status: 'cancelled_by_operations' as const }

const ways: Record<string, (req: PayloadRequest, id: string) => Promise<unknown>> = {
  directly: async (req, id) => {
    const { updateWithHooks } = await import('#database/update-with-hooks')
    await updateWithHooks(Object.assign(req, { context: { ...req.context, ...context } }), {
      collection: 'scheduled-sessions',
      id,
      data,
    })
  },
  'by Payload': (req, id) => payload.update({ collection: 'scheduled-sessions', id, data, depth: 0, context, req }),
}

const changeBy = async (way: string, id: string): Promise<void> => {
  const { withTransaction } = await import('#database/transactions')
  await withTransaction(payload, async (req) => void (await ways[way]?.(req, id)))
}

/** Without what is another of each session, and when it was. */
const alike = (value: unknown, session: ScheduledSession): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      ['id', 'reference', 'customer', 'slot', 'manageTokenHash', 'joinUrl', 'meetingId'].includes(key)
        ? `the ${key}`
        : inner,
    )
      .replaceAll(session.startsAt, 'the start')
      .replaceAll(session.endsAt, 'the end')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, 'a moment'),
  )

describe('a change past the walk over the fields', () => {
  it('shows every hook what an update by Payload shows it, and stores the same', async () => {
    const results = []
    for (const way of Object.keys(ways)) {
      const session = await bookSession()
      await changeBy(way, session.id)
      results.push({ seen: alike(seen, session), stored: alike(await read(session.id), session) })
    }
    expect(seen.map(([name]) => name)).toEqual(names)
    expect(results[0]?.seen).toEqual(results[1]?.seen)
    expect(results[0]?.stored).toEqual(results[1]?.stored)
  })

  it('stores what hooks change, lists too, and leaves the rest', async () => {
    const session = await bookSession()
    change = {
      internalNotes: 'By a hook.',
      actionItems: ['One'],
      consultantFeedback: { ...session.consultantFeedback, rating: 4 },
    }
    await changeBy('directly', session.id)
    expect(await read(session.id)).toMatchObject({
      status: data.status,
      internalNotes: 'By a hook.',
      actionItems: ['One'],
      consultantFeedback: { rating: 4, reviewText: 'Prepared.' },
      aiSummary: 'All of it.',
    })
  })

  it.each(['beforeOperation', 'beforeValidate', 'beforeChange', 'afterChange', 'afterOperation'])(
    'keeps nothing when a hook refuses it: %s',
    async (name) => {
      const session = await bookSession()
      refuseIn = name
      await expect(changeBy('directly', session.id)).rejects.toThrow('Not on this day.')
      expect(await read(session.id)).toEqual(session)
    },
  )

  it('keeps nothing of the transaction either, although the refusal is caught', async () => {
    const session = await bookSession()
    refuseIn = 'afterChange'
    const { withTransaction } = await import('#database/transactions')
    const { updateWithHooks } = await import('#database/update-with-hooks')
    const caught = withTransaction(payload, async (req) => {
      Object.assign(req, { context: { ...req.context, ...context } })
      await updateWithHooks(req, { collection: 'scheduled-sessions', id: session.id, data }).catch(() => undefined)
    })
    await expect(caught).rejects.toThrow('Rolled back')
    expect(await read(session.id)).toEqual(session)
  })
})
