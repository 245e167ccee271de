import { describe, expect, it } from 'vitest'
import { newKey, startReceiver, startSuite } from './support'

describe('the calls of the API', () => {
  it('are noted with their route, whose they are, and what came of them', async () => {
    const { url, control, stripe } = await startSuite()
    control.failNext({ kind: 'lose', path: '/v1/customers' })
    await stripe.customers.create({ name: 'Al' }, { idempotencyKey: newKey(), maxNetworkRetries: 1 })
    await stripe.customers.retrieve('cus_none').catch(() => undefined)
    await stripe.balance.retrieve({}, { stripeAccount: 'acct_none' }).catch(() => undefined)
    await fetch(`${url}/v1/nothing`, { headers: { Authorization: 'Bearer sk_test_x' } })
    expect(control.calls()).toMatchObject([
      { operation: 'POST /v1/customers', status: null, fault: 'disconnect' },
      { operation: 'POST /v1/customers', status: 200, fault: null, account: null },
      { operation: 'GET /v1/customers/:id', status: 404 },
      { operation: 'GET /v1/balance', status: 403, account: 'acct_none' },
      { operation: 'unknown', status: 401 },
    ])
    expect(await (await fetch(`${url}/_sandbox/calls`)).json()).toEqual({ calls: control.calls() })
  })

  it('are shown on the page, also those of paths that cannot be read', async () => {
    const { url } = await startSuite()
    await fetch(`${url}/v1/%zz`)
    expect(await (await fetch(url)).text()).toContain('/v1/%zz')
  })

  it('that are refused for their key use up no fault', async () => {
    const { url, control, stripe } = await startSuite()
    control.failNext({ kind: 'rate_limit' })
    expect((await fetch(`${url}/v1/customers`)).status).toBe(401)
    await expect(stripe.customers.list()).rejects.toMatchObject({ statusCode: 429 })
  })
})

describe('a reset', () => {
  it('forgets the events that wait, and what was to go wrong with the next', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite({ webhookUrl: receiver.url, webhookSecret: 'whsec_1' })
    suite.control.holdWebhooks()
    await suite.stripe.customers.create({ name: 'Al' })
    suite.control.nextWebhook({ kind: 'drop' })
    suite.control.reset()
    await suite.stripe.products.create({ name: 'Call' })
    await suite.control.webhooksIdle()
    expect(receiver.types()).toEqual(['product.created'])
    expect(suite.control.deliveries()).toMatchObject([{ eventType: 'product.created', outcome: 'delivered' }])
  })
})
