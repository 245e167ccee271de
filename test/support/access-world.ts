import type { CollectionSlug, Payload } from 'payload'
import type { User } from '../../payload-types'
import { createUser } from './fixtures'
import { type Planted, sampleFields } from './sample-values'

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

/**
 * Two consultants, each with a customer, and one of everything for both pairs. Rows go past hooks and validation, so that
 * every text field, token hashes included, holds a value that can be recognised wherever it turns up.
 */
export const buildAccessWorld = async (payload: Payload): Promise<AccessWorld> => {
  const planted: Planted[] = []
  const rows: WorldRow[] = []

  const insert = async (collection: CollectionSlug, owner: Owner, data: Record<string, unknown>): Promise<string> => {
    const { flattenedFields } = payload.collections[collection].config
    const sample = sampleFields(flattenedFields, { owner, collection, planted })
    const doc = await payload.db.create({ collection, data: merge(sample, data) })
    return String(doc.id)
  }

  const pairOf = async (owner: Owner): Promise<Pair> => {
    const consultantUser = await createUser(payload, ['consultant'])
    const customerUser = await createUser(payload, ['customer'])
    // Planted by hand: users need a password, so they are made in the usual way.
    for (const user of [consultantUser, customerUser]) {
      planted.push({ value: user.email, path: 'users.email', owner })
    }
    const profile = await insert('consultant-profiles', owner, {
      user: consultantUser.id,
      isPublic: true,
      _status: 'published',
      consulting: { sessionDurations: [30], defaultDuration: 30, basePrice: 12_000, currency: 'GBP' },
    })
    // Registering has made one.
    await payload.db.deleteMany({ collection: 'customers', where: { user: { equals: customerUser.id } } })
    const customer = await insert('customers', owner, { user: customerUser.id, status: 'active' })
    return { consultantUser, customerUser, profile, customer }
  }

  const pairs = { A: await pairOf('A'), B: await pairOf('B') }
  const serviceType = await insert('service-types', 'A', {
    durations: [30],
    defaultDurationMinutes: 30,
    prices: [],
    isActive: true,
    consultants: [pairs.A.profile, pairs.B.profile],
  })
  const inactive = await insert('service-types', 'B', {
    durations: [30],
    defaultDurationMinutes: 30,
    prices: [],
    isActive: false,
  })

  const timesOf = (hour: number) => ({
    startsAt: hours(hour),
    endsAt: hours(hour + 0.5),
    occupiedFrom: hours(hour),
    occupiedUntil: hours(hour + 0.5),
    durationMinutes: 30,
  })

  const sessionOf = async (owner: Owner): Promise<string> => {
    const { profile: consultant, customer } = pairs[owner]
    const { startsAt, endsAt, durationMinutes } = timesOf(++nextHour)
    return insert('scheduled-sessions', owner, {
      ...{ consultant, customer, serviceType, startsAt, endsAt, durationMinutes, status: 'completed' },
      price: {
        amount: 10_007,
        currency: 'GBP',
        platformFeeAmount: 1_501,
        consultantPayoutAmount: 8_506,
        platformFeeBps: 1_500,
      },
    })
  }

  const paymentOf = async (owner: Owner): Promise<string> => {
    const { profile: consultant, customer } = pairs[owner]
    return insert('payments', owner, {
      ...{ scheduledSession: await sessionOf(owner), consultant, customer, status: 'succeeded' },
      ...{ amount: 10_007, currency: 'GBP', platformFeeAmount: 1_501, consultantPayoutAmount: 8_506 },
    })
  }

  const unowned = new Set<CollectionSlug>(['service-types', 'stripe-events'])

  const dataFor = async (collection: CollectionSlug, owner: Owner, side: Side): Promise<Record<string, unknown>> => {
    const { profile: consultant, customer, consultantUser, customerUser } = pairs[owner]
    switch (collection) {
      case 'consultation-requests':
        return { requester: customer, serviceType, assignedConsultant: consultant, status: 'pending_confirmation' }
      case 'availability-slots':
        return { ...timesOf(++nextHour), consultant, customer, serviceType, status: 'booked' }
      case 'meetings':
        return { scheduledSession: await sessionOf(owner), consultant, customer }
      case 'reviews':
        return {
          ...{ scheduledSession: await sessionOf(owner), consultant, customer, rating: 4 },
          ...{ isPublic: false, moderation: { status: 'pending' } },
        }
      case 'payments':
        return { scheduledSession: await sessionOf(owner), consultant, customer, amount: 2, currency: 'GBP' }
      case 'refunds':
        return {
          ...{ payment: await paymentOf(owner), scheduledSession: await sessionOf(owner), consultant, customer },
          ...{ amount: 1_000, currency: 'GBP' },
        }
      case 'ledger-entries':
        return { consultant, customer, amount: 10_007, currency: 'GBP', kind: 'charge' }
      case 'busy-times':
        return { ...timesOf(++nextHour), consultant, connection: await insertOf('calendar-connections', owner, side) }
      case 'calendar-connections':
      case 'availability-schedules':
        return { consultant }
      case 'notifications':
        return side === 'consultant'
          ? { recipient: consultantUser.id }
          : { recipient: customerUser.id, recipientCustomer: customer }
      case 'media':
        return {
          ...{ filename: `${++nextHour}-${owner}.png`, mimeType: 'image/png', filesize: 1, isPublic: false },
          uploadedBy: side === 'consultant' ? consultantUser.id : customerUser.id,
        }
      case 'service-types':
        return { durations: [30], defaultDurationMinutes: 30, prices: [], isActive: false }
      case 'stripe-events':
        return { payload: {} }
      default:
        return {}
    }
  }

  const insertOf = async (collection: CollectionSlug, owner: Owner, side: Side) =>
    insert(collection, owner, await dataFor(collection, owner, side))

  const make: AccessWorld['make'] = async (collection, owner, side = 'customer') => {
    let id: string
    if (collection === 'users') id = (await createUser(payload, ['customer'])).id
    else if (collection === 'scheduled-sessions') id = await sessionOf(owner)
    else id = await insertOf(collection, owner, side)
    const sided = collection === 'notifications' || collection === 'media'
    return { collection, id, owner, isPublic: false, ...(sided ? { side } : {}) }
  }

  for (const owner of ['A', 'B'] as const) {
    const { profile, customer, consultantUser, customerUser } = pairs[owner]
    rows.push(
      { collection: 'users', id: consultantUser.id, owner, side: 'consultant', isPublic: false },
      { collection: 'users', id: customerUser.id, owner, side: 'customer', isPublic: false },
      { collection: 'consultant-profiles', id: profile, owner, isPublic: true },
      { collection: 'customers', id: customer, owner, isPublic: false },
    )
    const collections: CollectionSlug[] = [
      ...(['availability-schedules', 'availability-slots', 'calendar-connections', 'busy-times'] as const),
      ...(['consultation-requests', 'scheduled-sessions', 'meetings', 'reviews', 'payments', 'refunds'] as const),
      ...(['ledger-entries', 'stripe-events'] as const),
    ]
    for (const collection of collections) rows.push(await make(collection, owner))
    for (const side of ['consultant', 'customer'] as const) {
      rows.push(await make('notifications', owner, side), await make('media', owner, side))
    }
    const published = { ...timesOf(++nextHour), consultant: profile, serviceType, status: 'available' }
    rows.push({
      collection: 'availability-slots',
      id: await insert('availability-slots', owner, published),
      owner,
      isPublic: true,
    })
    const review = {
      scheduledSession: await sessionOf(owner),
      consultant: profile,
      customer,
      rating: 5,
      isPublic: true,
    }
    rows.push({
      collection: 'reviews',
      id: await insert('reviews', owner, { ...review, moderation: { status: 'approved' } }),
      owner,
      isPublic: true,
    })
  }
  const draft = await insert('consultant-profiles', 'B', { isPublic: true, _status: 'draft' })
  const hidden = await insert('consultant-profiles', 'B', { isPublic: false, _status: 'published' })
  rows.push(
    { collection: 'consultant-profiles', id: draft, owner: 'B', isPublic: false },
    { collection: 'consultant-profiles', id: hidden, owner: 'B', isPublic: false },
    { collection: 'service-types', id: serviceType, owner: 'A', isPublic: true },
    { collection: 'service-types', id: inactive, owner: 'B', isPublic: false },
  )

  return {
    planted,
    // Nobody owns what is in these.
    rows: rows.map((row) => (unowned.has(row.collection) ? { ...row, owner: 'B' } : row)),
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
