import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { poolDb, txDb, withTransaction } from '#database/transactions'
import { systemActor, type Actor } from '#shared/actor'
import { demoConsultants, workingHoursOf } from './consultants'
import { claimDemoSession } from './demo-claim'
import { createDemoAttributes } from './demo-attributes'
import { askSandbox, connectDemoConsultant, disputeDemoSession, refundDemoSession } from './demo-money'
import { addDemoSession, type DemoCustomer, type DemoSession } from './demo-sessions'
import { richText } from './rich-text'
import { demoServiceTypes } from './service-types'
import { dayMs, minuteMs } from '#shared/time'

export const demoPassword = 'parley-demo'

const logins = [
  { email: 'admin@parley.example', name: 'Alex Admin', roles: ['admin' as const] },
  { email: 'operations@parley.example', name: 'Olivia Operations', roles: ['operations' as const] },
  { email: 'consultant@parley.example', name: 'Amara Okafor', roles: ['consultant' as const] },
  { email: 'customer@parley.example', name: 'Casey Customer', roles: ['customer' as const] },
]

const createLogins = async (req: PayloadRequest): Promise<Map<string, string>> => {
  const ids = new Map<string, string>()
  for (const { email, name, roles } of logins) {
    const user = await req.payload.create({
      collection: 'users',
      data: { email, name, roles, password: demoPassword, isActive: true, _verified: true },
      req,
    })
    ids.set(email, user.id)
  }
  return ids
}

const createConsultants = async (req: PayloadRequest, ownerOfFirst: string): Promise<Map<string, string>> => {
  const ids = new Map<string, string>()
  for (const [index, demo] of demoConsultants.entries()) {
    const profile = await req.payload.create({
      collection: 'consultant-profiles',
      data: {
        _status: 'published',
        isPublic: true,
        isVerified: true,
        ...(index === 0 ? { user: ownerOfFirst } : {}),
        slug: demo.slug,
        name: demo.name,
        email: index === 0 ? 'consultant@parley.example' : `${demo.slug}@parley.example`,
        headline: demo.headline,
        bio: richText(demo.bio),
        location: demo.location,
        specialties: demo.specialties,
        languages: demo.languages,
        yearsOfExperience: demo.yearsOfExperience,
        availability: {
          timeZone: demo.timeZone,
          isAvailable: true,
          workingHours: workingHoursOf(demo.hours),
          breakTimes: demo.breaks ?? [],
          minBookingNoticeHours: demo.noticeHours ?? 2,
          maxAdvanceBookingDays: 60,
          bufferTimeMinutes: demo.bufferMinutes ?? 0,
        },
        consulting: { basePrice: demo.basePrice, currency: demo.currency },
      },
      req,
    })
    ids.set(demo.slug, profile.id)
  }
  return ids
}

const createServiceTypes = async (req: PayloadRequest, consultants: Map<string, string>): Promise<void> => {
  for (const { text, by, ...serviceType } of demoServiceTypes) {
    const slugs = by ?? [...consultants.keys()]
    await req.payload.create({
      collection: 'service-types',
      data: {
        isActive: true,
        ...serviceType,
        description: richText(text),
        consultants: slugs.flatMap((slug) => consultants.get(slug) ?? []),
      },
      req,
    })
  }
}

const dateIn = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)

/** One schedule of each type: a second consultant by the week, one by a monthly rule, one on chosen dates; beside those two one that closes all other days. */
const createSchedules = async (req: PayloadRequest, consultants: Map<string, string>): Promise<void> => {
  const consultant = (slug: string) => {
    const id = consultants.get(slug)
    if (id === undefined) throw new Error(`There is no consultant ${slug}.`)
    return id
  }
  const day = (startTime: string, endTime: string) => ({ enabled: true, slots: [{ startTime, endTime }] })
  // A weekday is ticked and has no times: so are all the others closed.
  const closedWeek = { type: 'weekly', isActive: true, weeklyPattern: { monday: { enabled: true } } } as const
  await req.payload.create({
    collection: 'availability-schedules',
    data: {
      consultant: consultant('liam-fitzgerald'),
      name: 'Mornings and late afternoons',
      type: 'weekly',
      isActive: true,
      weeklyPattern: {
        monday: {
          enabled: true,
          slots: [
            { startTime: '08:00', endTime: '12:00' },
            { startTime: '15:00', endTime: '19:00' },
          ],
        },
        tuesday: day('08:00', '12:00'),
        wednesday: day('08:00', '13:00'),
        thursday: day('08:00', '12:00'),
        friday: { enabled: true, slots: [{ startTime: '09:00', endTime: '12:00', slotDurationMinutes: 30 }] },
      },
      dateExceptions: [
        { date: dateIn(10), isAvailable: false },
        { date: dateIn(17), isAvailable: true, slots: [{ startTime: '10:00', endTime: '14:00' }] },
      ],
    },
    req,
  })
  await req.payload.create({
    collection: 'availability-schedules',
    data: { ...closedWeek, consultant: consultant('anna-lindqvist'), name: 'No other days' },
    req,
  })
  await req.payload.create({
    collection: 'availability-schedules',
    data: {
      consultant: consultant('anna-lindqvist'),
      name: 'First and third week of the month',
      type: 'monthly',
      isActive: true,
      recurrences: [
        { rrule: 'FREQ=MONTHLY;BYDAY=1MO,1TU,1WE,3MO,3TU,3WE', slots: [{ startTime: '10:00', endTime: '16:00' }] },
        { rrule: 'FREQ=MONTHLY;BYDAY=-1FR', slots: [{ startTime: '09:00', endTime: '12:00' }] },
      ],
    },
    req,
  })
  const [appliedFrom, appliedTo] = [dateIn(14), dateIn(40)]
  await req.payload.create({
    collection: 'availability-schedules',
    data: { ...closedWeek, consultant: consultant('haruka-sato'), name: 'Travelling', appliedFrom, appliedTo },
    req,
  })
  await req.payload.create({
    collection: 'availability-schedules',
    data: {
      consultant: consultant('haruka-sato'),
      name: 'Between two journeys',
      type: 'custom',
      isActive: true,
      appliedFrom,
      appliedTo,
      dateExceptions: [15, 16, 22, 23, 29].map((days) => ({
        date: dateIn(days),
        isAvailable: true,
        slots: [{ startTime: '13:00', endTime: '18:00' }],
      })),
    },
    req,
  })
}

const customers = {
  casey: { name: 'Casey Customer', email: 'customer@parley.example', timeZone: 'Europe/London', language: 'en' },
  lena: { name: 'Lena Vogel', email: 'lena.vogel@parley.example', timeZone: 'Europe/Vienna', language: 'de' },
  sam: { name: 'Sam Rivera', email: 'sam.rivera@parley.example', timeZone: 'America/Chicago', language: 'en' },
} as const satisfies Record<string, DemoCustomer>

/** `hour` o'clock UTC, so many days from now; epoch ms. */
const at = (days: number, hour: number, minute = 0): number => {
  const day = new Date(Date.now() + days * dayMs)
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour, minute)
}

const pricingProblem = {
  title: 'Raise prices without losing the small ones',
  description:
    'We have 400 customers on three plans; half pay less than it costs to support them. What do we change first?',
}

const composeSessions = (actors: { operations: Actor; consultant: Actor; customer: Actor }): DemoSession[] => {
  const { operations, consultant, customer } = actors
  const completed = [{ to: 'completed' as const, actor: systemActor }]
  const strategy = { serviceType: 'strategy-session', durationMinutes: 60, isPaid: true, problem: pricingProblem }
  const quick = { serviceType: 'quick-call', durationMinutes: 20, isPaid: true, problem: pricingProblem }
  const introduction = { serviceType: 'introduction', durationMinutes: 15, problem: pricingProblem }
  const mentoring = { serviceType: 'mentoring', durationMinutes: 45, problem: pricingProblem }
  const { casey, lena, sam } = customers
  return [
    { ...strategy, customer: casey, consultant: 'amara-okafor', start: at(-21, 10), then: completed },
    { ...quick, customer: casey, consultant: 'amara-okafor', start: at(-9, 14), then: completed },
    { ...strategy, customer: lena, consultant: 'jonas-weber', start: at(-14, 9), then: completed },
    { ...strategy, customer: sam, consultant: 'grace-njeri', start: at(-12, 8), then: completed },
    { ...introduction, customer: sam, consultant: 'priya-raman', start: at(-7, 6), then: completed },
    {
      ...strategy,
      customer: lena,
      consultant: 'mia-thompson',
      start: at(-5, 1),
      then: [{ to: 'no_show_user', actor: operations }],
    },
    {
      ...strategy,
      customer: sam,
      consultant: 'omar-hassan',
      start: at(-4, 9),
      then: [{ to: 'no_show_consultant', actor: operations, reason: 'The room stayed empty.' }],
    },
    {
      ...quick,
      customer: lena,
      consultant: 'grace-njeri',
      start: at(-3, 9),
      then: [...completed, { to: 'refunded', actor: operations, reason: 'The line was too poor to talk.' }],
    },
    {
      ...introduction,
      customer: casey,
      consultant: 'liam-fitzgerald',
      start: Date.now() - 4 * minuteMs,
      then: [{ to: 'in_progress', actor: operations }],
    },
    { ...strategy, customer: casey, consultant: 'amara-okafor', start: at(3, 10) },
    { ...quick, customer: casey, consultant: 'priya-raman', start: at(5, 7) },
    { ...introduction, customer: lena, consultant: 'tane-walker', start: at(4, 20) },
    {
      serviceType: 'japan-briefing',
      durationMinutes: 60,
      isPaid: true,
      problem: pricingProblem,
      customer: sam,
      consultant: 'haruka-sato',
      start: at(6, 2),
    },
    { ...quick, isPaid: false, customer: casey, consultant: 'anna-lindqvist', start: at(8, 11) },
    { ...mentoring, isPaid: true, customer: casey, consultant: 'jonas-weber', start: at(9, 8) },
    {
      ...mentoring,
      isPaid: true,
      customer: lena,
      consultant: 'mia-thompson',
      start: at(10, 0),
      then: [{ to: 'declined', actor: operations, reason: 'On leave that week.' }],
    },
    {
      ...quick,
      isPaid: false,
      customer: sam,
      consultant: 'amara-okafor',
      start: at(11, 15),
      then: [{ to: 'expired', actor: systemActor, reason: 'not paid in time' }],
    },
    {
      ...strategy,
      customer: casey,
      consultant: 'catalina-rojas',
      start: at(7, 15),
      then: [{ to: 'cancelled_by_user', actor: customer, reason: 'Plans changed.' }],
    },
    {
      ...strategy,
      customer: lena,
      consultant: 'amara-okafor',
      start: at(12, 13),
      then: [{ to: 'cancelled_by_consultant', actor: consultant, reason: 'I have to travel.' }],
    },
    {
      ...strategy,
      customer: sam,
      consultant: 'liam-fitzgerald',
      start: at(13, 15),
      then: [{ to: 'cancelled_by_operations', actor: operations, reason: 'Booked twice by mistake.' }],
    },
    // The last one: a claim is made of it.
    { ...quick, customer: casey, consultant: 'amara-okafor', start: at(-1, 11), then: completed },
  ]
}

const reviews = [
  {
    rating: 5,
    reviewText: 'We changed the middle plan the same week. Worth every penny.',
    npsScore: 10,
    problemResolved: true,
  },
  {
    rating: 4,
    reviewText: 'Direct and quick. I would have liked a written summary.',
    npsScore: 8,
    problemResolved: true,
  },
  { rating: 5, reviewText: 'Sehr klar, sehr freundlich, sofort umsetzbar.', npsScore: 10, problemResolved: true },
  { rating: 3, reviewText: 'Good advice, but we ran out of time.', npsScore: 6, problemResolved: false },
]

const reviewSessions = async (payload: Payload, sessionIds: string[]): Promise<void> => {
  for (const [index, review] of reviews.entries()) {
    const session = sessionIds[index]
    if (session === undefined) continue
    const { id } = await payload.create({
      collection: 'reviews',
      data: {
        scheduledSession: session,
        ...review,
        aspects: { professionalism: 5, expertise: 5, communication: review.rating, valueForMoney: review.rating },
        isPublic: true,
      } as never,
    })
    if (index === 0) {
      await payload.update({
        collection: 'reviews',
        id,
        data: { consultantResponse: 'Thank you. Tell me in three months how the numbers moved.' },
      })
    }
  }
}

/** In the currencies that they earn; the other consultants have no account, so their payouts wait, which has to be seen as well. */
const paidOutTo = [
  { slug: 'amara-okafor', country: 'GB' },
  { slug: 'jonas-weber', country: 'DE' },
  { slug: 'haruka-sato', country: 'JP' },
]

/** What follows a payment: accounts to pay out to, a part that was returned, a payment that is contested. */
const moveMoney = async (
  payload: Payload,
  {
    sessionIds,
    consultants,
    operationsId,
  }: { sessionIds: string[]; consultants: Map<string, string>; operationsId: string | null },
  { stripeSandbox }: { stripeSandbox: string | undefined },
): Promise<void> => {
  if (!stripeSandbox) return
  for (const { slug, country } of paidOutTo) {
    const consultantId = consultants.get(slug)
    if (consultantId !== undefined) await connectDemoConsultant(payload, { consultantId, country }, stripeSandbox)
  }
  const [first, , , contested] = sessionIds
  if (first !== undefined) {
    await refundDemoSession(payload, {
      sessionId: first,
      amount: 5_000,
      reason: 'We began twenty minutes late.',
      by: { role: 'operations', id: operationsId },
    })
  }
  if (contested !== undefined) await disputeDemoSession(payload, contested, stripeSandbox)
}

/** So that something is stuck: the address of one customer does not take her next mail, which then waits for somebody to try it again. */
const failOneMail = async ({ mailSandbox }: { mailSandbox?: string | undefined }): Promise<void> => {
  if (!mailSandbox) return
  // Whoever has set another address may have no sandbox there.
  await askSandbox(mailSandbox, 'faults', { kind: 'refuse', to: customers.lena.email }).catch(() => undefined)
}

/** What has happened before the demo began is not mailed any more. */
const forgetOldMessages = async (payload: Payload): Promise<void> => {
  await poolDb(payload).execute(sql`
    WITH forgotten AS (
      DELETE FROM parley.errands e USING scheduled_sessions s
      WHERE e.task = 'follow-session' AND s.id::text = e.facts->>'sessionId' AND s.starts_at < now() RETURNING e.job_id
    )
    SELECT graphile_worker.complete_jobs(array_agg(job_id)) FROM forgotten HAVING count(*) > 0`)
}

/**
 * Fills an empty database with a marketplace in the middle of its day. The records come in one transaction, so a seed that was
 * interrupted there leaves nothing behind; the bookings after it go through the same functions as real ones.
 * @param options.stripeSandbox address of the Stripe sandbox; without one the paid bookings stay unpaid.
 * @param options.mailSandbox address of the Resend sandbox; without one no mail fails.
 */
export const seedDemo = async (
  payload: Payload,
  options: { stripeSandbox: string | undefined; mailSandbox?: string | undefined },
): Promise<void> => {
  const { users, consultants } = await withTransaction(payload, async (req) => {
    const ids = await createLogins(req)
    const consultants = await createConsultants(req, ids.get('consultant@parley.example') ?? '')
    await createServiceTypes(req, consultants)
    await createDemoAttributes(req)
    await createSchedules(req, consultants)
    const db = await txDb(req)
    await db.execute(sql`
      INSERT INTO parley.facts (key, value) VALUES ('demo', 'true') ON CONFLICT (key) DO NOTHING`)
    return { users: ids, consultants }
  })
  const idOf = (email: string) => users.get(email) ?? null
  const sessionIds: string[] = []
  const demoSessions = composeSessions({
    operations: { role: 'operations', id: idOf('operations@parley.example') },
    consultant: { role: 'consultant', id: idOf('consultant@parley.example') },
    customer: { role: 'customer', id: idOf('customer@parley.example') },
  })
  for (const demo of demoSessions) sessionIds.push(await addDemoSession(payload, demo, options.stripeSandbox))
  await moveMoney(payload, { sessionIds, consultants, operationsId: idOf('operations@parley.example') }, options)
  await reviewSessions(payload, sessionIds)
  const claimed = sessionIds.at(-1)
  if (options.stripeSandbox && claimed !== undefined) {
    const by = { role: 'customer' as const, id: idOf('customer@parley.example') }
    const statement = 'I sat in the room for twenty minutes, and nobody spoke to me.'
    await claimDemoSession(payload, { sessionId: claimed, by, statement })
  }
  await forgetOldMessages(payload)
  await failOneMail(options)
}
