import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { verifyWebhook } from '#payments/stripe/verify-webhook'
import { openCheckout, type Received, startReceiver, startSuite, type Suite } from './support'

const secret = 'whsec_of_the_suite'

const verify = ({ body, headers }: Received, secrets: string[], now?: number) =>
  verifyWebhook({ rawBody: body, signature: String(headers['stripe-signature']), secrets, ...(now ? { now } : {}) })

const paidSuite = async (suite: Suite) => {
  const { id } = await openCheckout(suite)
  suite.control.payCheckout(id)
  await suite.control.webhooksIdle()
  return id
}

const allTypes = [
  'charge.succeeded',
  'checkout.session.completed',
  'payment_intent.created',
  'payment_intent.succeeded',
]

describe('events', () => {
  it('arrive signed as Stripe signs them, with what happened', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite({ webhookUrl: receiver.url, webhookSecret: secret })
    const id = await paidSuite(suite)
    expect(receiver.types().sort()).toEqual(allTypes)
    for (const { body, headers } of receiver.received) {
      const event = Stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), secret)
      expect(event).toMatchObject({ object: 'event', livemode: false, api_version: '2026-10-28.endive' })
      expect(await suite.stripe.events.retrieve(event.id)).toMatchObject({ type: event.type, pending_webhooks: 0 })
    }
    const completed = receiver.received.find(({ body }) => body.includes('checkout.session.completed'))
    expect(completed && verify(completed, [secret])).toMatchObject({
      data: { object: { id, payment_status: 'paid', metadata: { paymentId: 'payment-1' } } },
    })
  })

  it('name the request that caused them', async () => {
    const suite = await startSuite()
    const { lastResponse } = await suite.stripe.customers.create({ name: 'Al' }, { idempotencyKey: 'the-key' })
    expect(suite.control.events()).toMatchObject([
      { request: { id: lastResponse.requestId, idempotency_key: 'the-key' } },
    ])
  })

  it('come again until they are taken', async () => {
    const receiver = await startReceiver((n) => (n <= 6 ? 500 : 204))
    const suite = await startSuite({ webhookUrl: receiver.url, webhookSecret: secret, retryDelays: [10, 10, 10] })
    await paidSuite(suite)
    await expect.poll(() => suite.control.deliveries().filter(({ outcome }) => outcome === 'delivered').length).toBe(4)
    const outcomes = suite.control.deliveries().map(({ status, attempt }) => [status, attempt])
    expect(outcomes.filter(([status]) => status === 500)).toHaveLength(6)
    expect(new Set(receiver.types()).size).toBe(4)
  })

  it('are given up after the last try, stay visible, and can be sent again', async () => {
    let status = 503
    const receiver = await startReceiver(() => status)
    const suite = await startSuite({ webhookUrl: receiver.url, webhookSecret: secret, retryDelays: [] })
    await paidSuite(suite)
    const undelivered = await suite.stripe.events.list({ delivery_success: false })
    expect(undelivered.data).toHaveLength(4)
    status = 200
    for (const { id } of undelivered.data) expect(suite.control.resendEvent(id)).toBe(true)
    await suite.control.webhooksIdle()
    expect((await suite.stripe.events.list({ delivery_success: false })).data).toEqual([])
    expect(suite.control.resendEvent('evt_none')).toBe(false)
  })

  it('can be dropped, doubled, held back and turned round', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite({ webhookUrl: receiver.url, webhookSecret: secret })
    suite.control.nextWebhook({ kind: 'drop', eventType: 'payment_intent.created' })
    suite.control.nextWebhook({ kind: 'duplicate', eventType: 'checkout.session.completed', copies: 19 })
    suite.control.holdWebhooks()
    await paidSuite(suite)
    expect(receiver.received).toEqual([])
    suite.control.releaseWebhooks('reversed')
    await suite.control.webhooksIdle()
    const types = receiver.types()
    expect(types.filter((type) => type === 'checkout.session.completed')).toHaveLength(20)
    expect(types).not.toContain('payment_intent.created')
    expect(types[0]).toBe('checkout.session.completed')
    expect(suite.control.deliveries().filter(({ outcome }) => outcome === 'dropped')).toHaveLength(1)
  })

  it('can be late', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite({ webhookUrl: receiver.url, webhookSecret: secret })
    suite.control.nextWebhook({ kind: 'delay', eventType: 'charge.succeeded', delayMs: 20 })
    await paidSuite(suite)
    await expect.poll(() => receiver.types().at(-1)).toBe('charge.succeeded')
  })
})

describe('verifyWebhook', () => {
  const receive = async (secrets: string | string[], age = 0): Promise<Received> => {
    const receiver = await startReceiver()
    const suite = await startSuite({ webhookUrl: receiver.url, webhookSecret: secrets })
    suite.control.setSignatureAge(age)
    await suite.stripe.customers.create({ name: 'Zoë <b>' })
    await suite.control.webhooksIdle()
    const [received] = receiver.received
    if (!received) throw new Error('Nothing arrived.')
    return received
  }

  it('takes any of several secrets, on either side of a rotation', async () => {
    const received = await receive(secret)
    expect(verify(received, ['whsec_old', secret])?.type).toBe('customer.created')
    const both = await receive(['whsec_old', secret])
    for (const one of ['whsec_old', secret]) expect(verify(both, [one])?.type).toBe('customer.created')
  })

  it('believes nothing that is missing, wrong, changed or old', async () => {
    const received = await receive(secret)
    const signature = String(received.headers['stripe-signature'])
    const check = (change: Partial<Parameters<typeof verifyWebhook>[0]>) =>
      verifyWebhook({ rawBody: received.body, signature, secrets: [secret], ...change })
    expect(check({})?.type).toBe('customer.created')
    expect(check({ signature: null })).toBeUndefined()
    expect(check({ signature: '' })).toBeUndefined()
    expect(check({ signature: 'nonsense' })).toBeUndefined()
    expect(check({ signature: signature.replace('v1=', 'v0=') })).toBeUndefined()
    expect(check({ secrets: ['whsec_other'] })).toBeUndefined()
    expect(check({ secrets: [] })).toBeUndefined()
    expect(check({ secrets: ['', '  '] })).toBeUndefined()
    expect(check({ rawBody: received.body.replace('Zoë', 'Zoe') })).toBeUndefined()
    expect(check({ rawBody: JSON.stringify(JSON.parse(received.body)) })).toBeUndefined()
    expect(check({ now: Date.now() + 301_000 })).toBeUndefined()
    expect(check({ now: Date.now() + 290_000 })?.type).toBe('customer.created')
  })

  it('refuses a delivery that was signed too long ago', async () => {
    expect(verify(await receive(secret, 299), [secret])).toBeDefined()
    expect(verify(await receive(secret, 302), [secret])).toBeUndefined()
  })

  it('takes nothing that is signed but no event', () => {
    for (const rawBody of ['not json', '[]', 'null', '{"object":"charge","id":"ch_1"}']) {
      const signature = Stripe.webhooks.generateTestHeaderString({ payload: rawBody, secret })
      expect(verifyWebhook({ rawBody, signature, secrets: [secret] })).toBeUndefined()
    }
  })
})
