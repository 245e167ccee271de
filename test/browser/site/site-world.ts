import type { Payload } from 'payload'
import type { Locator, Page } from 'playwright-core'
import { Temporal } from 'temporal-polyfill'
import { expect } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { connectTo, type TestDatabase } from '../../support/database'
import { alwaysOpen, createConsultant, createServiceType, guest, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { startWebProcess } from '../../support/servers'
import { openStripeSandbox } from '../../support/stripe-sandbox'

export type SiteWorld = {
  payload: Payload
  database: TestDatabase
  stripe: StripeSandbox
  /** Where the pages are. */
  url: string
  api: RestClient
  /** In Tokyo, open at every hour. */
  consultant: ConsultantProfile
  /** 30 minutes at no charge. */
  free: ServiceType
  /** 30 minutes for £49.99, with one question that has to be answered. */
  paid: ServiceType
}

/** A web process with its pages, a Stripe, and one expert with two services. */
export const openSite = async (more: Record<string, string> = {}): Promise<SiteWorld> => {
  const { stripe, env: money } = await openStripeSandbox()
  const env = { ...money, ...more }
  const { payload, database } = await openTestPayload(env)
  const { profile: consultant } = await createConsultant(payload, {
    name: 'Kenji Watanabe',
    headline: 'Distributed systems',
    specialties: ['distributed-systems'],
    languages: ['en', 'ja'],
    availability: { ...alwaysOpen, timeZone: 'Asia/Tokyo' },
  })
  const free = await createServiceType(payload, [consultant], { name: 'Introduction', slug: 'introduction' })
  const paid = await createServiceType(payload, [consultant], {
    name: 'Quick call',
    slug: 'quick-call',
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
    durations: [30],
    intakeQuestions: [{ key: 'tried', label: 'What have you tried?', type: 'textarea', required: true }],
  })
  const { publishSlots } = await import('#directory/published-slots/publish-slots')
  await publishSlots(payload, consultant.id)
  const [web, api] = await Promise.all([startWebProcess({ database, env, pages: true }), createRestClient(payload)])
  return { payload, database, stripe, url: web.url, api, consultant, free, paid }
}

const inZone = (start: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone)

/** HH:MM on the clocks of a zone. */
export const timeIn = (start: number, zone: string): string => inZone(start, zone).toPlainTime().toString().slice(0, 5)

/** Opens the expert's page at the day of `start`, and finds that time as it is offered to somebody in `zone`. */
export const findTime = async (
  page: Page,
  { url, consultant }: SiteWorld,
  { service, start, zone }: { service: ServiceType; start: number; zone: string },
): Promise<Locator> => {
  const local = inZone(start, zone)
  await page.goto(`${url}/experts/${consultant.slug}?service=${service.slug}&date=${local.toPlainDate().toString()}`)
  const slot = page.locator(`a[data-start^="${local.toPlainDateTime().toString({ smallestUnit: 'minute' })}"]`)
  await slot.waitFor()
  return slot
}

export const holdCountdown = (page: Page): Locator => page.getByRole('timer')

/** Opens the form for a time, which holds it. */
export const openForm = async (
  page: Page,
  world: SiteWorld,
  time: { service: ServiceType; start: number; zone: string },
): Promise<void> => {
  const slot = await findTime(page, world, time)
  await slot.click()
  await holdCountdown(page).waitFor()
}

export const fillForm = async (page: Page, { service }: { service: ServiceType }): Promise<void> => {
  const { name, email } = guest()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail').first().fill(email)
  if (service.intakeQuestions?.length) await page.getByLabel('What have you tried?').fill('Turning it off and on')
}

export const submitForm = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^(Confirm booking|Continue to payment)/ }).click()

/** Pays on the hosted page with a card number. */
export const payWith = async (page: Page, number: string): Promise<void> => {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Name on the card').fill('Ada Guest')
  await page.getByLabel('Expires').fill('12 / 40')
  await page.getByLabel('Security code').fill('123')
  await page.getByRole('button', { name: /^Pay/ }).click()
}

export const goodCard = '4242 4242 4242 4242'
export const declinedCard = '4000 0000 0000 0002'

export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name })

/** The reference that stands on the page of a booking or request. */
export const referenceOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? ''

/** Somebody else books a time, by the API. */
export const bookElsewhere = async ({ api, consultant, free }: SiteWorld, start: number): Promise<void> => {
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: free.slug,
    start: iso(start),
    customer: guest(),
  })
  expect(answer.status, answer.text).toBe(201)
}

/** Time passes for the holds of a start, without waiting. */
export const letHoldsRunOut = async ({ database }: SiteWorld, start: number): Promise<void> => {
  const client = await connectTo(database)
  await client.query(
    `UPDATE availability_slots SET hold_expires_at = now() - interval '1 second'
     WHERE status = 'held' AND starts_at = $1`,
    [iso(start)],
  )
}

export type StoredSession = { status: string; startsAt: number; timeZone: string }

export const storedSession = async ({ payload }: SiteWorld, reference: string): Promise<StoredSession> => {
  const { docs } = await payload.find({
    collection: 'scheduled-sessions',
    where: { reference: { equals: reference } },
    depth: 0,
  })
  const [session] = docs
  if (!session) throw new Error(`There is no session ${reference}.`)
  return { status: session.status, startsAt: Date.parse(session.startsAt), timeZone: session.timeZone }
}
