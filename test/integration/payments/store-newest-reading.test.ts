import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import { createConsultant } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'

let payload: Payload

beforeAll(async () => {
  payload = await getTestPayload()
})

/** A record, and readings of it that answer when the test says so. */
const world = async () => {
  const { storeNewestReading } = await import('#payments/stripe-events/store-newest-reading')
  const queries = await import('#payments/account/payout-account-queries')
  const { profile } = await createConsultant(payload)
  const { id } = await payload.db.create({
    collection: 'payout-accounts',
    data: { consultant: profile.id, status: 'onboarding', stripeAccountId: `acct_${profile.id}` },
  })
  const account = String(id)
  const find = async () => (await payload.findByID({ collection: 'payout-accounts', id: account, depth: 0 })).country
  /** Starts to read; `answer` lets the provider answer with a country, each time that it was asked. */
  const begin = () => {
    const asked: ((country: string) => void)[] = []
    let reads = 0
    const done = storeNewestReading(payload, {
      find: (req) => queries.findPayoutAccountById(req, account),
      lock: (req) => queries.lockPayoutAccount(req, account),
      read: () =>
        new Promise<string>((resolve) => {
          reads++
          asked.push(resolve)
        }),
      store: (req, row, country) =>
        queries.storeAccountReading(req, account, {
          stripeAccountId: row.stripeAccountId ?? '',
          status: 'active',
          country,
          defaultCurrency: null,
          email: null,
          transfersCapability: 'active',
          payoutsEnabled: true,
          detailsSubmitted: true,
          requirements: null,
          disabledReason: null,
          deadline: null,
        }),
    })
    const answer = async (country: string) => {
      await expect.poll(() => asked.length).toBe(1)
      asked.shift()?.(country)
    }
    return { done, answer, reads: () => reads }
  }
  return { find, begin }
}

describe('readings of the same thing', () => {
  it('are stored', async () => {
    const { find, begin } = await world()
    const only = begin()
    await only.answer('AA')
    expect(await only.done).toBe(true)
    expect(await find()).toBe('AA')
  })

  it('never go back to what a slower, older one said: it reads again', async () => {
    const { find, begin } = await world()
    const slow = begin()
    await expect.poll(slow.reads).toBe(1)
    const fast = begin()
    await fast.answer('BB')
    await fast.done
    await slow.answer('AA')
    await expect.poll(slow.reads).toBe(2)
    expect(await find()).toBe('BB')
    await slow.answer('CC')
    await slow.done
    expect(await find()).toBe('CC')
  })

  it('end when they were overtaken twice: the second one saw everything that was to be seen', async () => {
    const { find, begin } = await world()
    const slow = begin()
    for (const country of ['BB', 'DD']) {
      const turn = country === 'BB' ? 1 : 2
      await expect.poll(slow.reads).toBe(turn)
      const fast = begin()
      await fast.answer(country)
      await fast.done
      await slow.answer('AA')
    }
    expect(await slow.done).toBe(true)
    expect(slow.reads()).toBe(2)
    expect(await find()).toBe('DD')
  })

  it('of what is not there are none', async () => {
    const { storeNewestReading } = await import('#payments/stripe-events/store-newest-reading')
    const found = await storeNewestReading(payload, {
      find: async () => undefined,
      lock: async () => undefined,
      read: () => Promise.reject(new Error('nobody is asked')),
      store: async () => undefined,
    })
    expect(found).toBe(false)
  })
})
