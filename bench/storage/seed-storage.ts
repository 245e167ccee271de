import type { Payload } from 'payload'
import { storeConnection } from '#calendar/connections/connection-queries'
import { readCalendarList } from '#calendar/connections/read-calendar-list'
import { calendarScopes } from '#calendar/google/oauth'
import { withTransaction } from '#database/transactions'
import { getStripe } from '#payments/stripe/stripe-client'
import type { GoogleSandbox } from '#sandbox/google/start-google-sandbox'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'

const always = { enabled: true, startTime: '00:00', endTime: '00:00' }

export type StorageExperts = { slugs: string[]; serviceType: string }

/** Experts who are always open, each with a login, an account that is paid out to and a calendar at Google that sessions are written into. */
export const seedStorage = async (
  payload: Payload,
  { stripe, google, count }: { stripe: StripeSandbox; google: GoogleSandbox; count: number },
): Promise<StorageExperts> => {
  await payload.updateGlobal({ slug: 'booking-settings', data: { payoutDelayHours: 0 } })
  const ids: string[] = []
  const slugs: string[] = []
  for (let n = 0; n < count; n++) {
    const slug = `expert-${n}`
    const email = `${slug}@parley.example`
    const user = await payload.create({
      collection: 'users',
      data: {
        email,
        password: 'a long password of a bench',
        name: `Expert ${n}`,
        roles: ['consultant'],
        isActive: true,
        _verified: true,
      },
    })
    const { id } = await payload.create({
      collection: 'consultant-profiles',
      data: {
        user: user.id,
        name: `Expert Number ${n}`,
        slug,
        email,
        availability: {
          timeZone: 'UTC',
          isAvailable: true,
          workingHours: {
            monday: always,
            tuesday: always,
            wednesday: always,
            thursday: always,
            friday: always,
            saturday: always,
            sunday: always,
          },
          minBookingNoticeHours: 0,
          maxAdvanceBookingDays: 15,
          bufferTimeMinutes: 0,
        },
        consulting: { basePrice: 12_000, currency: 'GBP' },
        isPublic: true,
        _status: 'published',
      },
    })
    const { id: accountId } = await getStripe().accounts.create({
      type: 'express',
      country: 'GB',
      capabilities: { transfers: { requested: true } },
    })
    stripe.control.completeAccount(accountId)
    await payload.db.create({
      collection: 'payout-accounts',
      data: { consultant: id, stripeAccountId: accountId, status: 'active', syncedAt: new Date().toISOString() },
    })
    const address = `${slug}@google.example`
    google.control.addPerson({ email: address, name: `Expert ${n}`, timeZone: 'Europe/Berlin' })
    const granted = google.control.grantAccess(address, calendarScopes)
    const credentials = { ...granted, expiresAt: Date.now() + 3_600_000, scopes: [...calendarScopes] }
    const connectionId = await withTransaction(payload, (req) =>
      storeConnection(req, {
        consultantId: id,
        provider: 'google',
        account: { id: address, name: address },
        credentials,
      }),
    )
    if (connectionId === undefined) throw new Error('The account was not kept.')
    await readCalendarList(payload, connectionId)
    ids.push(id)
    slugs.push(slug)
  }
  await payload.create({
    collection: 'service-types',
    data: {
      name: 'Consultation of half an hour',
      slug: 'consultation',
      durations: [30],
      defaultDurationMinutes: 30,
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 12_000, currency: 'GBP' }],
      isActive: true,
      consultants: ids,
    },
  })
  return { slugs, serviceType: 'consultation' }
}
