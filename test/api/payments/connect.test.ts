import type { Payload } from 'payload'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { connectTo, type TestDatabase } from '../../support/database'
import { createConsultant, createCustomer, createServiceType, createUser } from '../../support/fixtures'
import { recordPaidSession } from '../../support/money-records'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { deliverEvent, watchEvents } from '../../support/stripe-events'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase
let api: RestClient
let stripe: StripeSandbox
let operations: User

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload(sandbox.env))
  api = await createRestClient(payload)
  operations = await createUser(payload, ['operations'])
})

beforeEach(() => stripe.control.clearFaults())

const onboardingPath = '/payments/connect/onboarding'
const statusPath = '/payments/connect/status'

const accountsAtStripe = (consultant: ConsultantProfile) =>
  Object.values(stripe.control.tables().accounts).filter(({ metadata }) => metadata?.consultantId === consultant.id)

const recordOf = async (consultant: ConsultantProfile) => {
  const where = { consultant: { equals: consultant.id } }
  const { docs } = await payload.find({ collection: 'payout-accounts', where, depth: 0, limit: 2 })
  expect(docs.length).toBeLessThan(2)
  return docs[0]
}

const profileOf = (id: string, draft = false) =>
  payload.findByID({ collection: 'consultant-profiles', id, depth: 0, draft })

/** A consultant who is logged in. */
const consultantWorld = async () => {
  const { profile, user } = await createConsultant(payload)
  return { profile, user, own: await api.as(user) }
}

/** The same with an account at Stripe, as far as told. */
const accountWorld = async ({ isPayable = false } = {}) => {
  const world = await consultantWorld()
  const events = watchEvents(stripe)
  const begun = await world.own.post(onboardingPath)
  expect(begun.status, begun.text).toBe(200)
  const [account] = accountsAtStripe(world.profile)
  if (!account) throw new Error('Stripe has no account.')
  if (isPayable) {
    stripe.control.completeAccount(account.id)
    expect((await world.own.get(statusPath)).json).toMatchObject({ status: 'active' })
    await follow()
  }
  return { ...world, account, events, url: String(begun.json.url) }
}

const follow = () =>
  runDueJobs(payload, database, { only: ['process-stripe-event', 'follow-payout-account', 'sync-payout-account'] })

const told = async (user: User) => {
  const where = { recipient: { equals: user.id } }
  const { docs } = await payload.find({ collection: 'notifications', where, depth: 0, limit: 50, sort: 'createdAt' })
  return docs.map(({ kind }) => kind)
}

describe('onboarding', () => {
  it('opens one Express account for the consultant and leads to Stripe', async () => {
    const { own, profile, user } = await consultantWorld()
    expect((await own.get(statusPath)).json).toEqual({
      status: 'none',
      label: 'No account yet',
      isPayable: false,
      country: null,
      defaultCurrency: null,
      detailsSubmitted: false,
      payoutsEnabled: false,
      missing: [],
      deadline: null,
      disabledReason: null,
      held: { count: 0, amounts: [] },
      checkedAt: null,
    })
    const begun = await own.post(onboardingPath, { country: 'de' })
    expect(begun.status, begun.text).toBe(200)
    expect(begun.json.url).toMatch(new RegExp(`^${stripe.url}/setup/`))
    const [account, ...others] = accountsAtStripe(profile)
    expect(others).toEqual([])
    const record = await recordOf(profile)
    expect(account).toMatchObject({
      country: 'DE',
      email: user.email,
      controller: {
        losses: { payments: 'application' },
        fees: { payer: 'application' },
        stripe_dashboard: { type: 'express' },
      },
      capabilities: { transfers: 'inactive' },
      metadata: { payoutAccountId: record?.id, consultantId: profile.id },
    })
    expect(record).toMatchObject({
      consultant: profile.id,
      status: 'onboarding',
      stripeAccountId: account?.id,
      country: 'DE',
      attempt: 1,
      syncedAt: expect.any(String),
    })

    const status = (await own.get(statusPath)).json
    expect(status).toMatchObject({ status: 'onboarding', label: 'Details missing', isPayable: false, country: 'DE' })
    expect(status.disabledReason).toEqual({ code: 'requirements.past_due', text: 'Details are missing that were due.' })
    expect(status.missing.map(({ text }: { text: string }) => text)).toEqual(
      expect.arrayContaining(['Add the bank account that payouts go to.', 'Enter your date of birth.']),
    )
    const again = await own.post(onboardingPath)
    expect(again.status).toBe(200)
    expect(again.json.url).not.toBe(begun.json.url)
    expect(accountsAtStripe(profile)).toHaveLength(1)
  })

  it('repeats its answer under the same Idempotency-Key', async () => {
    const { own } = await consultantWorld()
    const headers = { 'Idempotency-Key': 'onboarding-once' }
    const first = await own.post(onboardingPath, {}, headers)
    expect((await own.post(onboardingPath, {}, headers)).text).toBe(first.text)
    expect((await own.post(onboardingPath, { country: 'DE' }, headers)).json.code).toBe('idempotency_conflict')
  })

  it('begun twice at once makes one account', async () => {
    const { own, profile } = await consultantWorld()
    const answers = await Promise.all([own.post(onboardingPath), own.post(onboardingPath), own.post(onboardingPath)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(accountsAtStripe(profile)).toHaveLength(1)
  })

  it('finds the account again whose answer got lost', async () => {
    const { own, profile } = await consultantWorld()
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/accounts', times: 3 })
    expect((await own.post(onboardingPath)).json).toMatchObject({ status: 502, code: 'provider_failed' })
    expect(accountsAtStripe(profile)).toHaveLength(1)
    expect((await recordOf(profile))?.stripeAccountId).toBeNull()
    expect((await own.post(onboardingPath)).status).toBe(200)
    expect(accountsAtStripe(profile)).toHaveLength(1)
    expect(await recordOf(profile)).toMatchObject({ stripeAccountId: accountsAtStripe(profile)[0]?.id, attempt: 1 })
  })

  it('learns of such an account from its event as well', async () => {
    const { own, profile } = await consultantWorld()
    const events = watchEvents(stripe)
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/accounts', times: 3 })
    await own.post(onboardingPath)
    const [account] = accountsAtStripe(profile)
    stripe.control.completeAccount(account?.id ?? '')
    for (const event of events.take()) await deliverEvent(api, event)
    await follow()
    expect(await recordOf(profile)).toMatchObject({ stripeAccountId: account?.id, status: 'active' })
  })

  it('looks an old attempt up by what it wrote into the account, because Stripe has forgotten the key', async () => {
    const { own, profile } = await consultantWorld()
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/accounts', times: 3 })
    await own.post(onboardingPath)
    const [account] = accountsAtStripe(profile)
    const client = await connectTo(database)
    await client.query(`UPDATE payout_accounts SET created_at = now() - interval '2 days' WHERE consultant_id = $1`, [
      profile.id,
    ])
    stripe.control.advanceClock(48 * 3_600_000)
    expect((await own.post(onboardingPath)).status).toBe(200)
    expect(accountsAtStripe(profile)).toHaveLength(1)
    expect((await recordOf(profile))?.stripeAccountId).toBe(account?.id)
  })

  it('says where Stripe opens no account, and can be begun again somewhere else', async () => {
    const { own, profile } = await consultantWorld()
    const refused = await own.post(onboardingPath, { country: 'KP' })
    expect(refused.json).toMatchObject({ status: 422, code: 'outside_policy', errors: [{ path: 'country' }] })
    const begun = await own.post(onboardingPath, { country: 'FR' })
    expect(begun.status, begun.text).toBe(200)
    expect(accountsAtStripe(profile)).toMatchObject([{ country: 'FR' }])
    const moved = await own.post(onboardingPath, { country: 'GB' })
    expect(moved.json).toMatchObject({ status: 409, code: 'illegal_transition', errors: [{ path: 'country' }] })
    expect((await own.post(onboardingPath, { country: 'Atlantis' })).json).toMatchObject({ code: 'invalid_request' })
  })

  it('is for the consultant and for staff who name one, and nobody else', async () => {
    const [a, b] = [await consultantWorld(), await consultantWorld()]
    const customer = await api.as((await createCustomer(payload)).user)
    const staff = await api.as(operations)
    for (const path of [onboardingPath, '/payments/connect/dashboard']) {
      expect((await api.post(path)).json, path).toMatchObject({ status: 401, code: 'unauthenticated' })
      expect((await customer.post(path)).json, path).toMatchObject({ status: 403, code: 'forbidden' })
      expect((await customer.post(path, { consultant: a.profile.slug })).json.code, path).toBe('forbidden')
      expect((await a.own.post(path, { consultant: b.profile.slug })).json, path).toMatchObject({
        status: 404,
        code: 'not_found',
      })
      expect((await staff.post(path)).json, path).toMatchObject({
        code: 'invalid_request',
        errors: [{ path: 'consultant' }],
      })
      expect((await staff.post(path, { consultant: 'nobody-of-that-name' })).json.code, path).toBe('not_found')
    }
    expect((await api.get(statusPath)).json.code).toBe('unauthenticated')
    expect((await customer.get(statusPath)).json.code).toBe('forbidden')
    expect((await a.own.get(`${statusPath}?consultant=${b.profile.id}`)).json.code).toBe('not_found')
    expect((await staff.get(statusPath)).json.code).toBe('invalid_request')
    expect(await recordOf(b.profile)).toBeUndefined()

    const begun = await staff.post(onboardingPath, { consultant: a.profile.slug })
    expect(begun.status, begun.text).toBe(200)
    expect((await staff.get(`${statusPath}?consultant=${a.profile.id}`)).json.status).toBe('onboarding')
    expect((await a.own.get(`${statusPath}?consultant=${a.profile.slug}`)).json.status).toBe('onboarding')
    const seen = await b.own.get('/payout-accounts?limit=100')
    expect(
      seen.json.docs.filter(({ consultant }: { consultant: { id: string } }) => consultant.id === a.profile.id),
    ).toEqual([])
  })

  it('shows what Stripe said last while it cannot be reached', async () => {
    const { own } = await accountWorld()
    stripe.control.failNext({ kind: 'disconnect', method: 'GET', path: '/v1/accounts', times: 3 })
    const status = await own.get(statusPath)
    expect(status.status).toBe(200)
    expect(status.json).toMatchObject({ status: 'onboarding', checkedAt: expect.any(String) })
  })
})

describe('a link that was used', () => {
  it('leads back to us, and on to a new one for who is logged in', async () => {
    const { own, profile, url } = await accountWorld()
    await fetch(url)
    const stale = await fetch(url, { redirect: 'manual' })
    const refresh = new URL(stale.headers.get('location') ?? '')
    expect(refresh.pathname).toBe('/api/payments/connect/refresh')
    expect(refresh.searchParams.get('consultant')).toBe(profile.id)
    const path = `${refresh.pathname.slice('/api'.length)}${refresh.search}`

    // From Stripe's site, the browser's cookie does not count yet.
    const bounced = await api.get(path)
    expect(bounced.status).toBe(200)
    expect(bounced.text).toContain('http-equiv="refresh"')
    expect(bounced.text).toContain('&#38;again=1')
    expect(bounced.headers.get('content-security-policy')).not.toContain('sandbox')
    const stranger = await api.get(`${path}&again=1`)
    expect(stranger.status).toBe(302)
    expect(stranger.headers.get('location')).toContain('/admin/login?redirect=%2Fadmin%2Fpayouts')

    const renewed = await own.get(`${path}&again=1`)
    expect(renewed.status).toBe(302)
    const next = renewed.headers.get('location') ?? ''
    expect(next).toMatch(new RegExp(`^${stripe.url}/setup/`))
    expect(next).not.toBe(url)
    const visited = await fetch(next, { redirect: 'manual' })
    expect(visited.headers.get('location')).not.toContain('/api/payments/connect')
  })

  it('opens nothing for another consultant', async () => {
    const { profile } = await accountWorld()
    const other = await consultantWorld()
    expect((await other.own.get(`/payments/connect/refresh?consultant=${profile.id}`)).json.code).toBe('not_found')
  })

  it('leads to the payouts when there is nothing to renew', async () => {
    const { own, profile } = await consultantWorld()
    const answer = await own.get(`/payments/connect/refresh?consultant=${profile.id}`)
    expect(answer.headers.get('location')).toMatch(/\/admin\/payouts$/)
    expect(accountsAtStripe(profile)).toEqual([])
  })

  it('and the way back lead to the payouts', async () => {
    const answer = await api.get('/payments/connect/return')
    expect(answer.text).toContain('/admin/payouts"')
    const forStaff = await api.get('/payments/connect/return?consultant=ada')
    expect(forStaff.text).toContain('/admin/payouts?consultant=ada"')
    expect((await api.get('/payments/connect/return?consultant="><script>')).json.code).toBe('invalid_request')
  })
})

describe('an account', () => {
  it('that can be paid says so: to the consultant once, on the profile, and with the way into the dashboard', async () => {
    const { own, profile, account, user, events } = await accountWorld()
    expect((await own.post('/payments/connect/dashboard')).json).toMatchObject({ code: 'illegal_transition' })
    stripe.control.completeAccount(account.id)
    for (const event of events.take()) {
      await deliverEvent(api, event)
      await deliverEvent(api, event)
    }
    await follow()
    expect((await own.get(statusPath)).json).toMatchObject({
      status: 'active',
      isPayable: true,
      detailsSubmitted: true,
      payoutsEnabled: true,
      missing: [],
      disabledReason: null,
    })
    await follow()
    expect(await told(user)).toEqual(['payout_account_ready'])
    const paymentSettings = {
      stripeAccountId: account.id,
      payoutsEnabled: true,
      detailsSubmitted: true,
      disabledReason: null,
    }
    expect((await profileOf(profile.id)).paymentSettings).toMatchObject(paymentSettings)
    expect((await profileOf(profile.id, true)).paymentSettings).toMatchObject(paymentSettings)
    const dashboard = await own.post('/payments/connect/dashboard')
    expect(dashboard.status, dashboard.text).toBe(200)
    expect((await fetch(dashboard.json.url)).status).toBe(200)
  })

  it('keeps what Stripe says when an older draft of the profile is published', async () => {
    const { own, profile, account } = await accountWorld({ isPayable: true })
    const data = { headline: 'Something new', paymentSettings: { payoutsEnabled: false, stripeAccountId: 'acct_mine' } }
    const saved = await own.patch(`/consultant-profiles/${profile.id}`, { ...data, _status: 'published' })
    expect(saved.status, saved.text).toBe(200)
    expect((await profileOf(profile.id)).paymentSettings).toMatchObject({
      stripeAccountId: account.id,
      payoutsEnabled: true,
    })
  })

  it('is restricted, recovers and is restricted again: events doubled and in any order end in what is true', async () => {
    const { own, account, user, events } = await accountWorld({ isPayable: true })
    const operator = async () => (await told(operations)).length
    const toldBefore = await operator()
    stripe.control.restrictAccount(account.id)
    stripe.control.completeAccount(account.id)
    stripe.control.restrictAccount(account.id, { fields: ['individual.verification.document'] })
    const reported = events.take()
    expect(reported.length).toBeGreaterThan(2)
    for (const event of [...reported.toReversed(), ...reported]) await deliverEvent(api, event)
    await Promise.all([follow(), follow()])
    const status = (await own.get(statusPath)).json
    expect(status).toMatchObject({
      status: 'restricted',
      isPayable: false,
      disabledReason: { code: 'requirements.past_due' },
      missing: [
        {
          text: 'Upload a photo of your passport, driving licence or identity card.',
          codes: ['individual.verification.document'],
          isLate: true,
        },
      ],
    })
    await follow()
    expect(await told(user)).toEqual(['payout_account_ready', 'payout_account_needs_details'])
    expect(await operator()).toBe(toldBefore + 1)
    stripe.control.completeAccount(account.id)
    for (const event of [...events.take(), ...reported]) await deliverEvent(api, event)
    await follow()
    expect((await own.get(statusPath)).json).toMatchObject({ status: 'active', missing: [] })
    expect(await told(user)).toEqual(['payout_account_ready', 'payout_account_needs_details', 'payout_account_ready'])
  })

  it('that needs something by a deadline is told so once while it can still be paid', async () => {
    const { own, account, user, events } = await accountWorld({ isPayable: true })
    const deadline = Date.now() + 14 * 86_400_000
    stripe.control.restrictAccount(account.id, { fields: ['individual.id_number'], deadline })
    for (const event of [...events.take()]) await deliverEvent(api, event)
    await follow()
    const status = (await own.get(statusPath)).json
    expect(status).toMatchObject({ status: 'active', isPayable: true, missing: [{ isLate: false }] })
    expect(Math.abs(Date.parse(status.deadline) - deadline)).toBeLessThan(2_000)
    await follow()
    expect(await told(user)).toEqual(['payout_account_ready', 'payout_account_needs_details'])
  })

  it('that was disconnected is known as such, and replaced when the consultant begins again', async () => {
    const { own, profile, account, user, events } = await accountWorld({ isPayable: true })
    stripe.control.disconnectAccount(account.id)
    for (const event of events.take()) await deliverEvent(api, event)
    await follow()
    expect(await recordOf(profile)).toMatchObject({ status: 'disconnected', disconnectedAt: expect.any(String) })
    expect((await own.get(statusPath)).json).toMatchObject({ status: 'disconnected', isPayable: false })
    expect((await own.post('/payments/connect/dashboard')).json.code).toBe('illegal_transition')
    expect((await profileOf(profile.id)).paymentSettings).toMatchObject({ payoutsEnabled: false })
    await follow()
    expect(await told(user)).toEqual(['payout_account_ready', 'payout_account_needs_details'])

    const begun = await Promise.all([
      own.post(onboardingPath, { country: 'DE' }),
      own.post(onboardingPath, { country: 'DE' }),
    ])
    expect(begun.map(({ status }) => status)).toEqual([200, 200])
    const [next, ...others] = accountsAtStripe(profile)
    expect(others).toEqual([])
    expect(next?.id).not.toBe(account.id)
    expect(await recordOf(profile)).toMatchObject({
      status: 'onboarding',
      stripeAccountId: next?.id,
      country: 'DE',
      attempt: 2,
      disconnectedAt: null,
    })
  })

  it('that Stripe closed says why', async () => {
    const { own, account } = await accountWorld({ isPayable: true })
    stripe.control.rejectAccount(account.id, 'rejected.terms_of_service')
    expect((await own.get(statusPath)).json).toMatchObject({
      status: 'restricted',
      disabledReason: { text: 'Stripe closed the account, because its terms were not kept.' },
    })
  })

  it('is read again after a while, for what its events missed', async () => {
    const { profile, account } = await accountWorld()
    stripe.control.completeAccount(account.id)
    const client = await connectTo(database)
    await client.query(`UPDATE payout_accounts SET synced_at = now() - interval '1 day' WHERE consultant_id = $1`, [
      profile.id,
    ])
    const { syncStaleAccounts } = await import('#payments/account/sync-payout-account')
    await syncStaleAccounts(payload)
    await follow()
    expect((await recordOf(profile))?.status).toBe('active')
  })

  it('of somebody else is passed over', async () => {
    const { events } = await accountWorld()
    events.take()
    const event = { ...stripe.control.events()[0], id: 'evt_foreign', type: 'account.updated', account: 'acct_foreign' }
    // Its object is the account itself.
    await deliverEvent(api, { ...event, data: { object: { id: 'acct_foreign', object: 'account' } } } as never)
    await follow()
    const where = { eventId: { equals: 'evt_foreign' } }
    const { docs } = await payload.find({ collection: 'stripe-events', where, limit: 1 })
    expect(docs).toMatchObject([{ status: 'ignored', account: 'acct_foreign' }])
  })

  it('shows what waits for it, per currency', async () => {
    const { own, profile } = await accountWorld()
    const { customer } = await createCustomer(payload)
    const serviceType = await createServiceType(payload, [profile])
    const paid = { consultant: profile, customer, serviceType, startsAt: Date.now() - 9e7, paidAt: Date.now() - 9e7 }
    const held = { payout: { status: 'held', heldReason: 'account_incomplete' } } as const
    await recordPaidSession(payload, { ...paid, amount: 10_000, currency: 'GBP', data: held })
    await recordPaidSession(payload, { ...paid, amount: 2_000, currency: 'GBP', data: held })
    await recordPaidSession(payload, { ...paid, amount: 5_000, currency: 'EUR', data: held })
    await recordPaidSession(payload, {
      ...paid,
      amount: 7_000,
      currency: 'EUR',
      data: { payout: { status: 'held', heldReason: 'by_operations' } },
    })
    expect((await own.get(statusPath)).json.held).toEqual({
      count: 3,
      amounts: [
        { amount: 4_250, currency: 'EUR' },
        { amount: 10_200, currency: 'GBP' },
      ],
    })
  })
})
