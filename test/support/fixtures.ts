import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import type { ConsultantProfile, Customer, ServiceType, User } from '#payload-types'
import { testPassword } from './hash-test-password'
import { withSharedPassword } from './share-test-password'

const unique = () => randomBytes(4).toString('hex')

type Roles = NonNullable<User['roles']>

/** A verified login. */
export const createUser = (payload: Payload, roles: Roles, data: Partial<User> = {}): Promise<User> =>
  withSharedPassword(() =>
    payload.create({
      collection: 'users',
      data: {
        email: `${roles[0] ?? 'user'}-${unique()}@parley.example`,
        password: testPassword,
        name: `Test ${roles.join(' ')}`,
        roles,
        isActive: true,
        _verified: true,
        ...data,
      },
    }),
  )

const everyDay = { enabled: true, startTime: '00:00', endTime: '00:00' }

/** Open at every hour of every day in UTC, no notice, so that a test may choose any time. */
export const alwaysOpen = {
  timeZone: 'UTC',
  isAvailable: true,
  workingHours: {
    monday: everyDay,
    tuesday: everyDay,
    wednesday: everyDay,
    thursday: everyDay,
    friday: everyDay,
    saturday: everyDay,
    sunday: everyDay,
  },
  minBookingNoticeHours: 0,
  maxAdvanceBookingDays: 60,
  bufferTimeMinutes: 0,
} satisfies Partial<ConsultantProfile['availability']>

/** A published consultant with a login of their own. */
export const createConsultant = async (
  payload: Payload,
  data: Partial<ConsultantProfile> = {},
): Promise<{ profile: ConsultantProfile; user: User }> => {
  const user = await createUser(payload, ['consultant'])
  const name = `Consultant ${unique()}`
  const profile = await payload.create({
    collection: 'consultant-profiles',
    data: {
      user: user.id,
      name,
      slug: name.toLowerCase().replace(/\W+/g, '-'),
      email: user.email,
      availability: alwaysOpen,
      consulting: { basePrice: 12_000, currency: 'GBP' },
      isPublic: true,
      _status: 'published',
      ...data,
    },
  })
  return { profile, user }
}

/** An active service type of 30 and 60 minutes that these consultants offer; free unless told otherwise. */
export const createServiceType = async (
  payload: Payload,
  consultants: ConsultantProfile[],
  data: Partial<ServiceType> = {},
): Promise<ServiceType> => {
  const name = `Service ${unique()}`
  return payload.create({
    collection: 'service-types',
    data: {
      name,
      slug: name.toLowerCase().replace(/\W+/g, '-'),
      durations: [30, 60],
      defaultDurationMinutes: 30,
      isFree: true,
      isActive: true,
      consultants: consultants.map(({ id }) => id),
      ...data,
    },
  })
}

export const createCustomer = async (
  payload: Payload,
  data: { name?: string; timeZone?: string; language?: string } = {},
): Promise<{ customer: Customer; user: User }> => {
  const user = await createUser(payload, ['customer'])
  const { docs } = await payload.find({ collection: 'customers', where: { user: { equals: user.id } }, limit: 1 })
  const customer =
    docs[0] ??
    (await payload.create({
      collection: 'customers',
      data: {
        user: user.id,
        email: user.email,
        name: user.name ?? 'Test customer',
        timeZone: 'Europe/Berlin',
        status: 'active',
        ...data,
      },
    }))
  return { customer, user }
}

export const guest = (data: Partial<{ name: string; email: string; timeZone: string }> = {}) => ({
  name: 'Ada Guest',
  email: `guest-${unique()}@parley.example`,
  timeZone: 'Europe/Berlin',
  ...data,
})

/** A full hour `days` from now, in UTC; epoch ms. */
export const hourIn = (days: number, hour = 10): number => {
  const date = new Date(Date.now() + days * 86_400_000)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), hour)
}

export const iso = (epochMs: number): string => new Date(epochMs).toISOString()
