import { describe, expect, it } from 'vitest'
import { openAccount, openCheckout, openPayableAccount, payNow, startSuite } from './support'

const card = { email: 'payer@parley.example', name: 'Al', number: '4242 4242 4242 4242', expiry: '12 / 40', cvc: '123' }

const submit = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers })

describe('the hosted page', () => {
  it('shows what is paid for, and a way out', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite, { title: '<b>Call</b> & co', description: '"tomorrow"' })
    const response = await fetch(session.url ?? '')
    const page = await response.text()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(page).toContain('£120.00')
    expect(page).toContain('&lt;b&gt;Call&lt;/b&gt; &amp; co')
    expect(page).toContain('&quot;tomorrow&quot;')
    expect(page).toContain('href="http://localhost:3000/back"')
    expect(page).toContain('value="guest@parley.example"')
    expect(page).toContain('no real money')
  })

  it('takes a card and leads back', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite)
    const response = await submit(session.url ?? '', card)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`http://localhost:3000/done?checkout=${session.id}`)
    const after = await suite.stripe.checkout.sessions.retrieve(session.id)
    expect(after).toMatchObject({ payment_status: 'paid', customer_details: { email: 'payer@parley.example' } })
    const again = await fetch(session.url ?? '')
    expect(await again.text()).toContain(`href="http://localhost:3000/done?checkout=${session.id}"`)
    expect((await submit(session.url ?? '', card)).status).toBe(200)
    expect(Object.keys(suite.control.tables().charges)).toHaveLength(1)
  })

  it('takes a bank debit without card fields', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite)
    const { email, name } = card
    expect((await submit(session.url ?? '', { method: 'bank_debit', email, name })).status).toBe(303)
    expect((await suite.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('unpaid')
  })

  it('says why a card was declined, and lets one try again', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite)
    const declined = await submit(session.url ?? '', { ...card, number: '4000 0000 0000 0002' })
    expect(declined.status).toBe(402)
    const page = await declined.text()
    expect(page).toContain('role="alert">Your card was declined.')
    expect(page).toContain('<title>Error: Pay £120.00')
    expect((await submit(session.url ?? '', card)).status).toBe(303)
  })

  it.each([
    [{ number: '4242' }, 'number-error', 400],
    [{ number: '4242 4242 4242 4241' }, 'number-error', 402],
    [{ expiry: '13 / 40' }, 'expiry-error', 400],
    [{ expiry: '12 / 20' }, 'expiry-error', 402],
    [{ cvc: '1' }, 'cvc-error', 400],
    [{ email: 'nobody' }, 'email-error', 400],
    [{ name: '' }, 'name-error', 400],
  ])('points at the field that is wrong: %j', async (change, id, status) => {
    const suite = await startSuite()
    const session = await openCheckout(suite)
    const response = await submit(session.url ?? '', { ...card, ...change })
    expect(response.status).toBe(status)
    const page = await response.text()
    expect(page).toContain(`aria-describedby="${id}"`)
    expect(page).toContain(`id="${id}"`)
    expect(suite.control.tables().charges).toEqual({})
  })

  it('is closed once the time has run out', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite)
    suite.control.expireCheckout(session.id)
    expect(await (await fetch(session.url ?? '')).text()).toContain('This checkout is closed')
    expect((await submit(session.url ?? '', card)).status).toBe(200)
    expect(suite.control.tables().charges).toEqual({})
    expect((await fetch(`${suite.url}/c/pay/cs_test_none`)).status).toBe(404)
  })

  it('is not paid by a form on another site', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite)
    const response = await submit(session.url ?? '', card, { Origin: 'https://evil.example' })
    expect(response.status).toBe(403)
    expect((await submit(session.url ?? '', card, { Origin: suite.url })).status).toBe(303)
  })
})

describe('the status page', () => {
  it('shows what happened and turns the knobs', async () => {
    const suite = await startSuite({ inspector: true })
    const paymentIntentId = await payNow(suite)
    const { id } = suite.control.refundFromDashboard(paymentIntentId, 1000)
    const page = await (await fetch(suite.url)).text()
    for (const text of [paymentIntentId, id, '£120.00', '£10.00', 'checkout.session.completed', 'Send again']) {
      expect(page).toContain(text)
    }
    const failed = await submit(`${suite.url}/_sandbox/refunds/${id}/fail`, { reason: 'lost_or_stolen_card' })
    expect([failed.status, failed.headers.get('location')]).toEqual([303, '/'])
    expect(await suite.stripe.refunds.retrieve(id)).toMatchObject({ status: 'failed' })
    const state = await fetch(`${suite.url}/_emulate?tab=state`)
    expect(await state.text()).toContain(paymentIntentId)
  })

  it('has everything that a platform has at Stripe, each with a name of its own', async () => {
    const suite = await startSuite()
    const paymentIntentId = await payNow(suite)
    const accountId = await openPayableAccount(suite)
    const [charge] = Object.values(suite.control.tables().charges)
    const transfer = await suite.stripe.transfers.create({
      amount: 10_000,
      currency: 'gbp',
      destination: accountId,
      source_transaction: charge?.id ?? '',
    })
    const dispute = suite.control.disputePayment(paymentIntentId, { amount: 1500 })
    const page = await (await fetch(suite.url)).text()
    for (const text of [accountId, transfer.id, dispute.id, '£100.00', '£15.00', 'needs response', 'account.updated']) {
      expect(page).toContain(text)
    }
    for (const name of [`Won: ${dispute.id}`, `Pay out: ${accountId}`, `Refund ${paymentIntentId}`]) {
      expect(page).toContain(`aria-label="${name}"`)
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of page.matchAll(/ (?:for|aria-labelledby|href)="#?([a-z][^"/:]*)"/g)) {
      expect(ids).toContain(target)
    }
  })

  it('lets one do by hand what banks, holders and Stripe do', async () => {
    const suite = await startSuite()
    const act = (path: string, fields: Record<string, string> = { _: '' }) =>
      submit(`${suite.url}/_sandbox/${path}`, fields)
    const paymentIntentId = await payNow(suite)
    await act(`payment-intents/${paymentIntentId}/refund`, { amount: '500' })
    await act(`payments/${paymentIntentId}/dispute`, { amount: '', reason: 'duplicate', inquiry: 'true' })
    const [dispute] = Object.values(suite.control.tables().disputes)
    expect(dispute).toMatchObject({ amount: 11_500, reason: 'duplicate', status: 'warning_needs_response' })
    await act(`disputes/${dispute?.id ?? ''}/escalate`)
    await act(`disputes/${dispute?.id ?? ''}/win`)
    expect(dispute).toMatchObject({ status: 'won' })
    const { id } = await openAccount(suite)
    await act(`accounts/${id}/complete`)
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({ payouts_enabled: true })
    await act(`accounts/${id}/restrict`)
    expect(await suite.stripe.accounts.retrieve(id)).toMatchObject({ payouts_enabled: false })
    await act('faults/refund', { behaviour: 'fail_later' })
    const refund = await suite.stripe.refunds.create({ payment_intent: paymentIntentId, amount: 100 })
    await act('clock', { advanceMs: '86400000' })
    expect(await suite.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed' })
    await act('reset')
    expect(suite.control.tables().payment_intents).toEqual({})
  })

  it('leads to receipts', async () => {
    const suite = await startSuite()
    await payNow(suite)
    const [charge] = Object.values(suite.control.tables().charges)
    const page = await (await fetch(charge?.receipt_url ?? '')).text()
    expect(page).toContain('£120.00')
    expect(page).toContain('4242')
    expect((await fetch(`${suite.url}/receipts/ch_none`)).status).toBe(404)
  })
})

describe('the control over HTTP', () => {
  const turn = (url: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/_sandbox/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    })

  it('pays, moves the clock and sets faults', async () => {
    const suite = await startSuite()
    const session = await openCheckout(suite)
    const declined = await turn(suite.url, `checkouts/${session.id}/pay`, { number: '4000 0000 0000 0002' })
    expect(await declined.json()).toMatchObject({ ok: false, reason: 'declined' })
    await turn(suite.url, 'faults/api', { kind: 'rate_limit', path: '/v1/refunds' })
    await expect(suite.stripe.refunds.list()).rejects.toMatchObject({ statusCode: 429 })
    expect(await (await turn(suite.url, `checkouts/${session.id}/pay`, {})).json()).toEqual({ ok: true })
    const before = suite.control.now()
    await turn(suite.url, 'clock', { advanceMs: 3_600_000 })
    expect(suite.control.now() - before).toBeGreaterThanOrEqual(3_600_000)
    const log = (await (await fetch(`${suite.url}/_sandbox/events`)).json()) as { events: { type: string }[] }
    expect(log.events.map((event) => event.type)).toContain('checkout.session.completed')
  })

  it.each([
    ['nothing-here', {}, 404],
    ['checkouts/cs_test_none/pay', {}, 404],
    ['clock', { advanceMs: -1 }, 400],
    ['clock', { advanceMs: 1, more: 1 }, 400],
    ['faults/api', { kind: 'flood' }, 400],
  ])('refuses %s %j', async (path, body, status) => {
    const suite = await startSuite()
    expect((await turn(suite.url, path, body)).status).toBe(status)
  })

  it('does not listen to other sites', async () => {
    const suite = await startSuite()
    expect((await turn(suite.url, 'clock', { advanceMs: 1 }, { Origin: 'https://evil.example' })).status).toBe(403)
  })
})
