import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import { sessionStateNames } from '#sessions/session-states'
import type { TestDatabase } from '../../support/database'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { openResendSandbox } from '../../support/resend-sandbox'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase

beforeAll(async () => {
  const [{ env }, mail] = await Promise.all([openStripeSandbox(), openResendSandbox()])
  ;({ payload, database } = await openTestPayload({ ...env, ...mail.env }))
  const { seedDemo } = await import('#server/demo/seed-demo')
  await seedDemo(payload, { stripeSandbox: env.STRIPE_API_BASE, mailSandbox: mail.env.RESEND_BASE_URL })
}, 120_000)

describe('the demo', () => {
  it('has twelve consultants in at least eight zones, in both hemispheres', async () => {
    const { docs } = await payload.find({ collection: 'consultant-profiles', limit: 100, depth: 0 })
    const zones = new Set(docs.map(({ availability }) => availability?.timeZone))
    expect(docs).toHaveLength(12)
    expect(zones.size).toBeGreaterThanOrEqual(8)
    expect([...zones]).toEqual(
      expect.arrayContaining(['Asia/Kolkata', 'Australia/Sydney', 'Africa/Cairo', 'America/Santiago']),
    )
    expect(
      docs.some(
        ({ availability }) =>
          (availability?.workingHours?.monday?.endTime ?? '') < (availability?.workingHours?.monday?.startTime ?? ''),
      ),
    ).toBe(true)
  })

  it('sells what the issue names: short calls in GBP, a free one, one to confirm, one in JPY', async () => {
    const { docs } = await payload.find({ collection: 'service-types', limit: 100, depth: 0 })
    expect(docs).toHaveLength(6)
    const quick = docs.find(({ slug }) => slug === 'quick-call')
    expect(quick?.durations).toEqual([10, 20])
    expect(quick?.prices?.every(({ currency }) => currency === 'GBP')).toBe(true)
    expect(docs.some(({ isFree }) => isFree)).toBe(true)
    expect(docs.some(({ requiresConfirmation }) => requiresConfirmation)).toBe(true)
    expect(docs.some(({ prices }) => prices?.some(({ currency }) => currency === 'JPY'))).toBe(true)
  })

  it('has schedules of all three types and a session in every state', async () => {
    const schedules = await payload.find({ collection: 'availability-schedules', limit: 100, depth: 0 })
    expect(new Set(schedules.docs.map(({ type }) => type))).toEqual(new Set(['weekly', 'monthly', 'custom']))
    const sessions = await payload.find({ collection: 'scheduled-sessions', limit: 100, depth: 0 })
    expect([...new Set(sessions.docs.map(({ status }) => status))].sort()).toEqual([...sessionStateNames].sort())
  })

  it('has a claim that operations have to decide, and its payout waits', async () => {
    const { docs } = await payload.find({ collection: 'no-show-claims', depth: 1 })
    expect(docs).toMatchObject([
      {
        status: 'open',
        missing: 'consultant',
        objections: [{ code: 'attended' }],
        scheduledSession: { status: 'completed' },
      },
    ])
    const payment = await payload.findByID({ collection: 'payments', id: String(docs[0]?.payment), depth: 0 })
    expect(payment.payout?.hasOpenClaim).toBe(true)
  })

  it('asks customers a question, and keeps one for operations', async () => {
    const { docs } = await payload.find({ collection: 'custom-attributes', limit: 100, depth: 0 })
    expect(
      docs.some(({ subject, writableBy }) => subject === 'scheduled-sessions' && writableBy?.includes('customer')),
    ).toBe(true)
    expect(docs.some(({ subject, readableBy }) => subject === 'customers' && !readableBy?.length)).toBe(true)
  })

  it('has reviews, and money that adds up', async () => {
    const reviews = await payload.find({ collection: 'reviews', limit: 100, depth: 0 })
    expect(reviews.totalDocs).toBeGreaterThanOrEqual(4)
    const payments = await payload.find({
      collection: 'payments',
      limit: 100,
      depth: 0,
      where: { status: { equals: 'succeeded' } },
    })
    expect(payments.totalDocs).toBeGreaterThanOrEqual(5)
  })

  it('pays consultants out, returns a part, and has a payment contested, in at least three currencies', async () => {
    await runDueJobs(payload, database, { only: ['run-refund', 'settle-payout', 'settle-payment'] })
    const of = async (collection: 'transfers' | 'refunds' | 'disputes' | 'payout-accounts' | 'ledger-entries') =>
      (await payload.find({ collection, limit: 500, depth: 0 })).docs
    const accounts = await of('payout-accounts')
    expect(accounts.map((account) => 'status' in account && account.status)).toEqual(['active', 'active', 'active'])
    const transfers = await of('transfers')
    expect(new Set(transfers.map((one) => 'currency' in one && one.currency)).size).toBeGreaterThanOrEqual(2)
    expect(await of('disputes')).toMatchObject([{ status: 'needs_response' }])
    expect(await of('refunds')).toEqual(
      expect.arrayContaining([expect.objectContaining({ status: 'succeeded', amount: 5_000, currency: 'GBP' })]),
    )
    const currencies = new Set((await of('ledger-entries')).map((entry) => 'currency' in entry && entry.currency))
    expect(currencies.size).toBeGreaterThanOrEqual(3)
  })
  it('has one mail that was refused, which stands with what is stuck', async () => {
    await runDueJobs(payload, database, { only: ['follow-session', 'deliver-notification'] })
    const { docs } = await payload.find({
      collection: 'notifications',
      where: { 'delivery.state': { equals: 'failed' } },
      depth: 0,
    })
    expect(docs).toMatchObject([{ delivery: { error: expect.stringContaining('validation_error') } }])
  })
})
