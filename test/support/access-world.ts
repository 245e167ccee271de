import type { CollectionSlug, Payload } from 'payload'
import type { User } from '#payload-types'
import { createUser } from './fixtures'
import { type PlantedText, sampleFields } from './sample-values'

/** `A` is whoever asks; `B` is somebody else whom they have nothing to do with. */
export type Owner = 'A' | 'B'
/** Some records belong to one side only: a user, a message, an upload. */
export type Side = 'consultant' | 'customer'

export type WorldRow = {
  collection: CollectionSlug
  id: string
  owner: Owner
  side?: Side
  /** Part of what everybody may see. */
  isPublic: boolean
}

/** A text in one field of one record. */
export type Planted = PlantedText & { row: WorldRow }

type Pair = { consultantUser: User; customerUser: User; profile: string; customer: string }

export type AccessWorld = {
  rows: WorldRow[]
  planted: Planted[]
  users: { admin: User; operations: User; consultant: User; customer: User }
  pairs: Record<Owner, Pair>
  serviceType: string
  /** Another record like those of `owner`; nothing refers to it. */
  make: (collection: CollectionSlug, owner: Owner, side?: Side) => Promise<WorldRow>
}

const hours = (n: number) => new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + n * 3_600_000).toISOString()

let nextHour = 24

const unowned: readonly CollectionSlug[] = [
  'service-types',
  'custom-attributes',
  'stripe-events',
  'reconciliation-runs',
  'reconciliation-findings',
]

/**
 * Two consultants, each with a customer, and one of everything for both pairs. Rows go past hooks and validation, so that
 * every text field, token hashes included, holds a value that can be recognised wherever it turns up.
 */
export const buildAccessWorld = async (payload: Payload): Promise<AccessWorld> => {
  const planted: Planted[] = []
  const rows: WorldRow[] = []

  const insert = async (
    collection: CollectionSlug,
    owner: Owner,
    data: Record<string, unknown>,
    kind: Partial<Pick<WorldRow, 'isPublic' | 'side'>> = {},
  ): Promise<WorldRow> => {
    const { flattenedFields } = payload.collections[collection].config
    const texts: PlantedText[] = []
    const sample = sampleFields(flattenedFields, { variant: 1, planted: texts })
    const doc = await payload.db.create({ collection, data: merge(sample, data) })
    // Nobody owns what is in these.
    const isUnowned = unowned.includes(collection)
    const row = { collection, id: String(doc.id), owner: isUnowned ? 'B' : owner, isPublic: false, ...kind } as const
    planted.push(...texts.map((text) => ({ ...text, row })))
    return row
  }

  const pairOf = async (owner: Owner): Promise<Pair> => {
    const consultantUser = await createUser(payload, ['consultant'])
    const customerUser = await createUser(payload, ['customer'])
    for (const [side, user] of [['consultant', consultantUser] as const, ['customer', customerUser] as const]) {
      const row: WorldRow = { collection: 'users', id: user.id, owner, side, isPublic: false }
      rows.push(row)
      planted.push({ text: user.email, path: 'email', row })
    }
    const profile = await insert(
      'consultant-profiles',
      owner,
      {
        ...{ user: consultantUser.id, isPublic: true, _status: 'published' },
        availability: { isAvailable: true },
        consulting: { sessionDurations: [30], defaultDuration: 30 },
      },
      { isPublic: true },
    )
    // Their registration has made one.
    await payload.db.deleteMany({ collection: 'customers', where: { user: { equals: customerUser.id } } })
    const customer = await insert('customers', owner, { user: customerUser.id })
    rows.push(profile, customer)
    return { consultantUser, customerUser, profile: profile.id, customer: customer.id }
  }

  const pairs = { A: await pairOf('A'), B: await pairOf('B') }

  const lengths = { durations: [30], defaultDurationMinutes: 30, prices: [] }
  const consultants = [pairs.A.profile, pairs.B.profile]
  const active = await insert('service-types', 'B', { ...lengths, isActive: true, consultants }, { isPublic: true })
  const serviceType = active.id
  rows.push(
    active,
    await insert('service-types', 'B', { ...lengths, isActive: false }),
    await insert('consultant-profiles', 'B', { isPublic: true, _status: 'draft' }),
    await insert('consultant-profiles', 'B', { isPublic: false, _status: 'published' }),
  )

  const timesOf = () => {
    const hour = ++nextHour
    const [start, end] = [hours(hour), hours(hour + 0.5)]
    return { startsAt: start, endsAt: end, occupiedFrom: start, occupiedUntil: end, durationMinutes: 30 }
  }

  const split = { amount: 10_007, currency: 'GBP', platformFeeAmount: 1_501, consultantPayoutAmount: 8_506 }

  const dataFor = async (collection: CollectionSlug, owner: Owner, side: Side): Promise<Record<string, unknown>> => {
    const { profile: consultant, customer, consultantUser, customerUser } = pairs[owner]
    const newId = async (slug: CollectionSlug) => (await insertOf(slug, owner, side)).id
    switch (collection) {
      case 'consultation-requests':
        return { requester: customer, serviceType, assignedConsultant: consultant, status: 'pending_confirmation' }
      case 'availability-slots':
        // Not a claim any more: the gate of slots lets nobody delete those of sessions.
        return { ...timesOf(), consultant, customer, serviceType, status: 'released' }
      case 'scheduled-sessions': {
        const { startsAt, endsAt, durationMinutes } = timesOf()
        const times = { startsAt, endsAt, durationMinutes }
        // With a deadline for the mailed link, the consultant has not heard of it.
        return {
          ...times,
          consultant,
          customer,
          serviceType,
          status: 'completed',
          price: split,
          charge: null,
          emailConfirmBy: null,
        }
      }
      case 'meetings':
        return { scheduledSession: await newId('scheduled-sessions'), consultant, customer }
      case 'no-show-claims': {
        const raised = { missing: 'consultant', raisedBy: 'customer', status: 'open', decidedAt: null }
        return { scheduledSession: await newId('scheduled-sessions'), consultant, customer, ...raised }
      }
      case 'reviews': {
        const shown = { isPublic: false, moderation: { status: 'pending' } }
        return { scheduledSession: await newId('scheduled-sessions'), consultant, customer, ...shown }
      }
      case 'payments':
        return { ...split, scheduledSession: await newId('scheduled-sessions'), consultant, customer }
      case 'refunds': {
        const [payment, scheduledSession] = [await newId('payments'), await newId('scheduled-sessions')]
        return { payment, scheduledSession, consultant, customer, amount: 1_000, currency: 'GBP' }
      }
      case 'transfers': {
        const [payment, scheduledSession] = [await newId('payments'), await newId('scheduled-sessions')]
        return { payment, scheduledSession, consultant, amount: 1_000, currency: 'GBP', recoveredAmount: 0 }
      }
      case 'payout-accounts':
        // One of each consultant: further ones belong to profiles of nobody.
        return { consultant }
      case 'disputes': {
        const [payment, scheduledSession] = [await newId('payments'), await newId('scheduled-sessions')]
        return { payment, scheduledSession, consultant, customer, amount: 1_000, currency: 'GBP' }
      }
      case 'invoices': {
        const [payment, scheduledSession] = [await newId('payments'), await newId('scheduled-sessions')]
        return { payment, scheduledSession, customer, amount: 10_007, currency: 'GBP' }
      }
      case 'reconciliation-runs':
        // At most one runs at a time.
        return { status: 'finished' }
      case 'ledger-entries':
        return { consultant, customer, amount: 10_007, currency: 'GBP', kind: 'charge' }
      case 'busy-times':
        return { ...timesOf(), consultant, calendar: await newId('connected-calendars') }
      case 'connected-calendars':
        return { consultant, connection: await newId('calendar-connections'), generation: 1, nextGeneration: 2 }
      case 'calendar-events': {
        const [connection, scheduledSession] = [await newId('calendar-connections'), await newId('scheduled-sessions')]
        return { consultant, connection, scheduledSession, desiredVersion: 2, deliveredVersion: 1 }
      }
      case 'calendar-differences':
        return { consultant, scheduledSession: await newId('scheduled-sessions') }
      case 'calendar-connections':
        // A consultant has one calendar to write to.
        return { consultant, calendarId: null }
      case 'availability-schedules':
        return { consultant }
      case 'notifications':
        return {
          channels: ['email', 'in-app'],
          ...(side === 'consultant'
            ? { recipient: consultantUser.id }
            : { recipient: customerUser.id, recipientCustomer: customer }),
        }
      case 'media': {
        const file = { filename: `${++nextHour}-${owner}.png`, filesize: 1, isPublic: false }
        return { ...file, uploadedBy: side === 'consultant' ? consultantUser.id : customerUser.id }
      }
      case 'custom-attributes':
        return { key: `key${++nextHour}`, type: 'text', serviceTypes: [], min: 1, max: 9, isActive: false }
      case 'service-types':
        return { ...lengths, isActive: false }
      default:
        return {}
    }
  }

  const isSided = (collection: CollectionSlug) => collection === 'notifications' || collection === 'media'

  const insertOf = async (collection: CollectionSlug, owner: Owner, side: Side): Promise<WorldRow> => {
    const row = await insert(
      collection,
      owner,
      await dataFor(collection, owner, side),
      isSided(collection) ? { side } : {},
    )
    if (collection === 'calendar-connections') {
      // While none of its calendars was read, nothing could be booked.
      const { profile: consultant } = pairs[owner]
      await insert('connected-calendars', owner, { consultant, connection: row.id, generation: 1, nextGeneration: 2 })
    }
    return row
  }

  const make: AccessWorld['make'] = async (collection, owner, side = 'customer') => {
    if (collection !== 'users') return insertOf(collection, owner, side)
    const { id } = await createUser(payload, ['customer'])
    return { collection, id, owner, isPublic: false }
  }

  const owned: CollectionSlug[] = [
    ...(['availability-schedules', 'availability-slots', 'calendar-connections', 'busy-times'] as const),
    ...(['connected-calendars', 'calendar-events', 'calendar-differences'] as const),
    ...(['consultation-requests', 'scheduled-sessions', 'meetings', 'reviews', 'payments', 'refunds'] as const),
    ...(['no-show-claims'] as const),
    ...(['transfers', 'payout-accounts', 'disputes', 'invoices', 'ledger-entries', 'stripe-events'] as const),
    ...(['reconciliation-runs', 'reconciliation-findings', 'custom-attributes'] as const),
  ]
  for (const owner of ['A', 'B'] as const) {
    for (const collection of owned) rows.push(await make(collection, owner))
    for (const side of ['consultant', 'customer'] as const) {
      rows.push(await make('notifications', owner, side), await make('media', owner, side))
    }
    const slot = { ...(await dataFor('availability-slots', owner, 'customer')), customer: null, status: 'available' }
    const review = {
      ...(await dataFor('reviews', owner, 'customer')),
      ...{ isPublic: true, moderation: { status: 'approved' } },
    }
    rows.push(
      await insert('availability-slots', owner, slot, { isPublic: true }),
      await insert('reviews', owner, review, { isPublic: true }),
    )
  }

  return {
    planted,
    rows,
    users: {
      admin: await createUser(payload, ['admin']),
      operations: await createUser(payload, ['operations']),
      consultant: pairs.A.consultantUser,
      customer: pairs.A.customerUser,
    },
    pairs,
    serviceType,
    make,
  }
}

/** `data` over `sample`, groups part by part. */
const merge = (sample: Record<string, unknown>, data: Record<string, unknown>): Record<string, unknown> => {
  const merged = { ...sample }
  for (const [key, value] of Object.entries(data)) {
    const below = merged[key]
    const areGroups = isGroup(below) && isGroup(value)
    merged[key] = areGroups ? merge(below, value) : value
  }
  return merged
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
