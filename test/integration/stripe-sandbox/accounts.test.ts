import { describe, expect, it } from 'vitest'
import { openAccount, openPayableAccount, startReceiver, startSuite, type Suite } from './support'

const minute = 60_000

const link = (suite: Suite, account: string) =>
  suite.stripe.accountLinks.create({
    account,
    type: 'account_onboarding',
    refresh_url: 'http://localhost:3000/refresh',
    return_url: 'http://localhost:3000/return',
  })

const visit = async (url: string): Promise<string> => {
  const response = await fetch(url, { redirect: 'manual' })
  expect(response.status).toBe(303)
  return String(response.headers.get('location'))
}

const submit = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers })

const person = {
  business_type: 'individual',
  'individual.first_name': 'Ada',
  'individual.last_name': 'Expert',
  'individual.dob': '1980-02-29',
  'individual.email': 'ada@parley.example',
  'individual.phone': '+44 20 7946 0001',
  'individual.address.line1': '1 High Street',
  'individual.address.city': 'Leeds',
  'individual.address.postal_code': 'LS1 1AA',
  'business_profile.product_description': 'Consultations',
  external_account: 'GB82 WEST 1234 5698 7654 32',
  terms: 'yes',
}

const company = {
  ...Object.fromEntries(
    Object.entries(person).map(([name, value]) => [name.replace(/^individual\./, 'representative.'), value]),
  ),
  business_type: 'company',
  'company.name': 'Ada Ltd',
  'company.tax_id': '12345678',
}

const connectEvents = ({ control }: Suite) => control.events().filter((event) => event.account !== undefined)

describe('a connected account', () => {
  it('begins with everything to tell, and cannot be paid', async () => {
    const suite = await startSuite()
    const account = await openAccount(suite)
    expect(account).toMatchObject({
      type: 'express',
      country: 'GB',
      default_currency: 'gbp',
      email: 'expert@parley.example',
      metadata: { consultantId: 'consultant-1' },
      charges_enabled: false,
      payouts_enabled: false,
      details_submitted: false,
      capabilities: { transfers: 'inactive' },
      requirements: { disabled_reason: 'requirements.past_due', pending_verification: [] },
    })
    expect(account.requirements?.currently_due).toContain('external_account')
    expect(account.requirements?.past_due).toEqual(account.requirements?.currently_due)
    expect(await suite.stripe.accounts.retrieve(account.id)).toEqual(expect.objectContaining({ id: account.id }))
  })

  it('is opened by the controller of an Express account as well', async () => {
    const suite = await startSuite()
    const controller = {
      fees: { payer: 'application' as const },
      losses: { payments: 'application' as const },
      stripe_dashboard: { type: 'express' as const },
    }
    const account = await openAccount(suite, { type: undefined, controller, country: 'DE' })
    expect(account).toMatchObject({ type: 'none', default_currency: 'eur', controller: { type: 'application' } })
  })

  it.each([
    [{ type: undefined }, 'controller'],
    [{ type: 'standard' as const }, 'type'],
    [{ controller: { stripe_dashboard: { type: 'express' as const } } }, 'type'],
    [{ country: 'ZZ' }, 'country'],
    [{ email: 'nobody' }, 'email'],
    [{ capabilities: { treasury: { requested: true } } }, 'capabilities[treasury]'],
  ])('with %j is refused', async (changes, param) => {
    const suite = await startSuite()
    await expect(openAccount(suite, changes)).rejects.toMatchObject({ type: 'StripeInvalidRequestError', param })
    expect(suite.control.tables().accounts).toEqual({})
  })

  it('is payable once everything is told and looked at', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite({ webhookUrl: receiver.url, webhookSecret: 'whsec_1' })
    const { id } = await openAccount(suite)
    const page = await visit((await link(suite, id)).url)
    const answer = await submit(page, person)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'http://localhost:3000/return'])
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({
      details_submitted: true,
      payouts_enabled: false,
      capabilities: { transfers: 'pending' },
      requirements: { currently_due: [], disabled_reason: 'requirements.pending_verification' },
      external_accounts: { data: [{ object: 'bank_account', last4: '5432', currency: 'gbp' }] },
    })
    suite.control.advanceClock(minute)
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({
      payouts_enabled: true,
      capabilities: { transfers: 'active' },
      requirements: { currently_due: [], past_due: [], pending_verification: [], disabled_reason: null },
    })
    expect(connectEvents(suite).map(({ type, account }) => [type, account === id])).toEqual([
      ['account.external_account.created', true],
      ['capability.updated', true],
      ['account.updated', true],
      ['capability.updated', true],
      ['account.updated', true],
    ])
    expect(suite.control.events('capability.updated').map(({ data }) => [data.object.id, data.object.status])).toEqual([
      ['transfers', 'pending'],
      ['transfers', 'active'],
    ])
    await suite.control.webhooksIdle()
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { account?: string }).account)).toContain(id)
  })

  it('shows its capabilities', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    const [transfers] = (await suite.stripe.accounts.listCapabilities(id)).data
    expect(transfers).toMatchObject({
      id: 'transfers',
      account: id,
      requested: true,
      status: 'inactive',
      requirements: { disabled_reason: 'requirements.fields_needed' },
    })
    suite.control.completeAccount(id)
    expect(await suite.stripe.accounts.retrieveCapability(id, 'transfers')).toMatchObject({
      status: 'active',
      requirements: { currently_due: [], disabled_reason: null },
    })
    expect(await suite.stripe.accounts.retrieveCapability(id, 'card_payments')).toMatchObject({
      requested: false,
      status: 'unrequested',
    })
    await expect(suite.stripe.accounts.retrieveCapability(id, 'telepathy')).rejects.toMatchObject({ statusCode: 404 })
  })

  it('can be restricted later, at once or from a deadline on, and recovers', async () => {
    const suite = await startSuite()
    const id = await openPayableAccount(suite)
    suite.control.restrictAccount(id, { deadline: suite.control.now() + 10 * minute })
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({
      payouts_enabled: true,
      requirements: { currently_due: ['individual.verification.document'], past_due: [], disabled_reason: null },
    })
    suite.control.advanceClock(11 * minute)
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({
      payouts_enabled: false,
      capabilities: { transfers: 'inactive' },
      requirements: { past_due: ['individual.verification.document'], disabled_reason: 'requirements.past_due' },
    })
    const page = await visit((await link(suite, id)).url)
    expect(await (await fetch(page)).text()).toContain('individual.verification.document')
    expect((await submit(page, { 'individual.verification.document': 'passport' })).status).toBe(303)
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({ payouts_enabled: true, details_submitted: true })
  })

  it('can be closed by Stripe, and then tells so whatever is entered', async () => {
    const suite = await startSuite()
    const id = await openPayableAccount(suite)
    suite.control.rejectAccount(id)
    suite.control.completeAccount(id)
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({
      payouts_enabled: false,
      capabilities: { transfers: 'inactive' },
      requirements: { disabled_reason: 'rejected.fraud' },
    })
  })

  it('is gone once it is disconnected or deleted', async () => {
    const suite = await startSuite()
    const [one, other] = [await openPayableAccount(suite), await openPayableAccount(suite)]
    suite.control.disconnectAccount(one)
    expect(await suite.stripe.accounts.del(other)).toEqual(expect.objectContaining({ id: other, deleted: true }))
    for (const id of [one, other]) {
      await expect(suite.stripe.accounts.retrieve(id)).rejects.toMatchObject({
        statusCode: 403,
        code: 'account_invalid',
      })
      await expect(link(suite, id)).rejects.toMatchObject({ statusCode: 400, param: 'account' })
    }
    expect(suite.control.events('account.application.deauthorized')).toMatchObject([
      { account: one, data: { object: { object: 'application' } } },
      { account: other },
    ])
    expect((await suite.stripe.accounts.list()).data).toEqual([])
  })

  it('takes changes of the platform, but not what only the holder can change', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    await suite.stripe.accounts.update(id, { business_type: 'company', metadata: { consultantId: 'consultant-2' } })
    await link(suite, id)
    await expect(suite.stripe.accounts.update(id, { business_type: 'individual' })).rejects.toMatchObject({
      statusCode: 403,
      param: 'business_type',
    })
    const settings = { payouts: { schedule: { interval: 'manual' as const } } }
    expect(await suite.stripe.accounts.update(id, { settings })).toMatchObject({
      business_type: 'company',
      metadata: { consultantId: 'consultant-2' },
      settings: { payouts: { schedule: { interval: 'manual' } } },
    })
  })

  it('keeps its events apart from those of the platform', async () => {
    const suite = await startSuite()
    const id = await openPayableAccount(suite)
    const [event] = suite.control.events('account.updated')
    expect((await suite.stripe.events.list()).data).toEqual([])
    await expect(suite.stripe.events.retrieve(event?.id ?? '')).rejects.toMatchObject({ statusCode: 404 })
    const own = await suite.stripe.events.list({ type: 'account.*' }, { stripeAccount: id })
    expect(own.data.map(({ account }) => account)).toContain(id)
  })
})

describe('the onboarding pages', () => {
  it('are reached once by each link, and for five minutes', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    const first = await link(suite, id)
    expect(first.expires_at - first.created).toBe(300)
    const page = await visit(first.url)
    expect(page).toContain('/setup/v/')
    expect(await visit(first.url)).toBe('http://localhost:3000/refresh')
    const second = await link(suite, id)
    suite.control.advanceClock(6 * minute)
    expect(await visit(second.url)).toBe('http://localhost:3000/refresh')
    // Who is inside may take an hour.
    expect((await fetch(page)).status).toBe(200)
    suite.control.advanceClock(60 * minute)
    expect(await visit(page)).toBe('http://localhost:3000/refresh')
    expect((await fetch(`${suite.url}/setup/e/${id}/none`)).status).toBe(404)
    expect((await fetch(`${suite.url}/setup/v/none`)).status).toBe(404)
  })

  it('can be left half-way: the return says nothing, the rest is asked later', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    const page = await visit((await link(suite, id)).url)
    const { external_account: _number, terms: _terms, ...some } = person
    const left = await submit(page, { ...some, action: 'later' })
    expect(left.headers.get('location')).toBe('http://localhost:3000/return')
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({
      details_submitted: false,
      capabilities: { transfers: 'inactive' },
      requirements: {
        currently_due: ['external_account', 'tos_acceptance.date', 'tos_acceptance.ip'],
        disabled_reason: 'requirements.past_due',
      },
    })
    const again = await visit((await link(suite, id)).url)
    const text = await (await fetch(again)).text()
    expect(text).toContain('IBAN')
    expect(text).not.toContain('First name')
    await submit(again, { external_account: person.external_account, terms: 'yes' })
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({ details_submitted: true })
    expect(await (await fetch(again)).text()).toContain('There is nothing to do')
  })

  it('ask a company for more', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    const page = await visit((await link(suite, id)).url)
    const { 'company.name': _name, ...nameless } = company
    const refused = await submit(page, nameless)
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('aria-describedby="company-name-error"')
    expect((await submit(page, company)).status).toBe(303)
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({
      business_type: 'company',
      details_submitted: true,
      requirements: { currently_due: [] },
    })
  })

  it.each([
    [{ 'individual.dob': '1980' }, 'individual-dob-error'],
    [{ 'individual.email': 'nobody' }, 'individual-email-error'],
    [{ external_account: '1' }, 'external_account-error'],
    [{ terms: '' }, 'terms-error'],
    [{ 'individual.first_name': '' }, 'individual-first_name-error'],
  ])('point at what is missing or wrong: %j', async (change, id) => {
    const suite = await startSuite()
    const account = await openAccount(suite)
    const page = await visit((await link(suite, account.id)).url)
    const response = await submit(page, { ...person, ...change })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain(`id="${id}"`)
    expect(suite.control.events()).toEqual([])
  })

  it('fill themselves in with test data', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    const page = await visit((await link(suite, id)).url)
    const filled = await (await submit(page, { action: 'fill', 'individual.first_name': '"Ada"' })).text()
    expect(filled).toContain('value="1990-01-01"')
    expect(filled).toContain('value="&quot;Ada&quot;"')
    expect(filled).toContain('checked')
    expect(suite.control.events()).toEqual([])
  })

  it('are not filled in by a form on another site', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    const page = await visit((await link(suite, id)).url)
    expect((await submit(page, person, { Origin: 'https://evil.example' })).status).toBe(403)
  })

  it('are not for changing what is known', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    await expect(
      suite.stripe.accountLinks.create({
        account: id,
        type: 'account_update',
        refresh_url: 'http://localhost:3000/refresh',
        return_url: 'http://localhost:3000/return',
      }),
    ).rejects.toMatchObject({ param: 'type' })
  })
})

describe('login links', () => {
  it('are for accounts that are set up, and good once', async () => {
    const suite = await startSuite()
    const { id } = await openAccount(suite)
    await expect(suite.stripe.accounts.createLoginLink(id)).rejects.toThrow('has not completed onboarding')
    suite.control.completeAccount(id)
    const { url } = await suite.stripe.accounts.createLoginLink(id)
    expect(await (await fetch(url)).text()).toContain('Your payouts')
    expect((await fetch(url)).status).toBe(410)
  })
})
