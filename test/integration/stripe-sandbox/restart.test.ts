import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { retrieveCheckoutSession } from '#payments/stripe/checkout-sessions'
import { startStripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { openCheckout, openPayableAccount, payNow, startReceiver, startSuite } from './support'

const newFile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'stripe-sandbox-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'stripe.json')
}

describe('a sandbox with a file', () => {
  it('still knows its payments, keys and clock after a restart', async () => {
    const stateFile = await newFile()
    const first = await startSuite({ stateFile })
    const session = await openCheckout(first, { idempotencyKey: 'the-key' })
    first.control.payCheckout(session.id)
    first.control.advanceClock(3_600_000)
    await first.close()

    const second = await startSuite({ stateFile })
    expect(await retrieveCheckoutSession(session.id, second.stripe)).toMatchObject({
      payment_status: 'paid',
      payment_intent: { latest_charge: { captured: true } },
    })
    expect(second.control.now() - Date.now()).toBeGreaterThan(3_500_000)
    expect(second.control.events()).toHaveLength(4)
    expect((await openCheckout(second, { idempotencyKey: 'the-key', expiresAt: session.expires_at * 1000 })).id).toBe(
      session.id,
    )
  })

  it('has written everything before it answers: being killed loses nothing', async () => {
    const stateFile = await newFile()
    const suite = await startSuite({ stateFile })
    const { id } = await suite.stripe.customers.create({ name: 'Al' })
    expect(await readFile(stateFile, 'utf8')).toContain(id)
    await Promise.all(Array.from({ length: 20 }, (_, n) => suite.stripe.customers.create({ name: `Customer ${n}` })))
    const written = JSON.parse(await readFile(stateFile, 'utf8')) as { tables: { customers: object } }
    expect(Object.keys(written.tables.customers)).toHaveLength(21)
  })

  it('brings the events that had not arrived', async () => {
    const stateFile = await newFile()
    const down = await startSuite({
      stateFile,
      webhookUrl: 'http://127.0.0.1:1/webhooks',
      webhookSecret: 'whsec_1',
      retryDelays: [60_000],
    })
    await down.stripe.customers.create({ name: 'Al' })
    await down.control.webhooksIdle()
    expect(down.control.deliveries()).toMatchObject([{ outcome: 'failed', status: null, attempt: 1 }])
    await down.close()

    const receiver = await startReceiver()
    const up = await startSuite({ stateFile, webhookUrl: receiver.url, webhookSecret: 'whsec_1' })
    await up.control.webhooksIdle()
    expect(receiver.types()).toEqual(['customer.created'])
  })

  it('goes on with a file from before there were accounts and transfers', async () => {
    const stateFile = await newFile()
    const first = await startSuite({ stateFile })
    await payNow(first)
    await first.close()
    const state = JSON.parse(await readFile(stateFile, 'utf8')) as { tables: Record<string, unknown> }
    const { accounts: _accounts, transfers: _transfers, transfer_reversals: _reversals, ...tables } = state.tables
    const known = ['version', 'clockOffset', 'lineItems', 'intentPlans', 'answers', 'scheduled', 'deliveries']
    const old = Object.fromEntries(Object.entries(state).filter(([name]) => known.includes(name)))
    await writeFile(stateFile, JSON.stringify({ ...old, tables }))

    const second = await startSuite({ stateFile })
    const [charge] = Object.values(second.control.tables().charges)
    const destination = await openPayableAccount(second)
    const params = { amount: 100, currency: 'gbp', destination, source_transaction: charge?.id ?? '' }
    await second.stripe.transfers.create(params)
    await second.close()

    const third = await startSuite({ stateFile })
    expect(third.control.balances()).toEqual([{ currency: 'gbp', available: 0, pending: 11_700 }])
    expect(third.control.balances(destination)).toEqual([{ currency: 'gbp', available: 0, pending: 100 }])
    await expect(third.stripe.transfers.create({ ...params, amount: 11_901 })).rejects.toThrow('amounting to £1.00')
  })

  it('does not start over a file that it cannot read', async () => {
    const stateFile = await newFile()
    await writeFile(stateFile, '{"version":')
    await expect(startStripeSandbox({ port: 0, stateFile })).rejects.toThrow('move it away')
    await writeFile(stateFile, '{"version":7}')
    await expect(startStripeSandbox({ port: 0, stateFile })).rejects.toThrow('another version')
    expect(await readFile(stateFile, 'utf8')).toBe('{"version":7}')
  })
})

describe('starting', () => {
  it('says when the port is taken', async () => {
    const { url } = await startSuite()
    await expect(startStripeSandbox({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE')
  })

  it('wants a secret for its webhooks', async () => {
    await expect(startStripeSandbox({ port: 0, webhookUrl: 'http://localhost:1', webhookSecret: ' ' })).rejects.toThrow(
      'webhook secret',
    )
  })

  it('uses the address that it is told', async () => {
    const suite = await startSuite({ publicUrl: 'https://pay.parley.example/' })
    expect(suite.url).toBe('https://pay.parley.example')
  })
})
