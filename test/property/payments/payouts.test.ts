import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeConsultantShare } from '#payments/payout/compute-shares'
import { computePayoutSums, decidePayout, type TransferFacts } from '#payments/payout/decide-payout'
import { currencyRules, splitPrice } from '#shared/money'
import { repetitions } from '../../support/repetitions'

const now = Date.UTC(2026, 11, 4)

/** A payment as `settlePayout` keeps it, without a database. */
type Model = {
  price: { amount: number; currency: string; platformFeeAmount: number }
  refunds: { amount: number; status: 'pending' | 'succeeded' | 'failed' }[]
  disputes: { amount: number; status: 'open' | 'won' | 'lost' }[]
  transfers: TransferFacts[]
}

type World = { payments: Model[]; recovered: Map<string, number>; canReverse: boolean; isPayable: boolean; ids: number }

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

const returnedOf = ({ refunds, disputes }: Model) =>
  sum(refunds.map(({ amount, status }) => (status === 'succeeded' ? amount : 0))) +
  sum(disputes.map(({ amount, status }) => (status === 'lost' ? amount : 0)))

const leftOf = (world: World, debt: TransferFacts) => debt.amount - (world.recovered.get(debt.id) ?? 0)

const decide = (world: World, model: Model) =>
  decidePayout({
    now,
    payment: { ...model.price, status: 'succeeded', isPaidElsewhere: false },
    dueAt: now - 1,
    returned: returnedOf(model),
    returning: sum(model.refunds.map(({ amount, status }) => (status === 'pending' ? amount : 0))),
    hasOpenDispute: model.disputes.some(({ status }) => status === 'open'),
    isHeldByOperations: false,
    hasOpenClaim: false,
    heldReason: null,
    transfers: model.transfers,
    account: world.isPayable ? { status: 'active', syncedAt: now } : undefined,
    debts: world.payments
      .filter(({ price }) => price.currency === model.price.currency)
      .flatMap(({ transfers }) => transfers)
      .filter((row) => row.kind === 'receivable' && leftOf(world, row) > 0)
      .sort((one, other) => one.id.localeCompare(other.id))
      .map((row) => ({ id: row.id, left: leftOf(world, row) })),
  })

/** One step, with Stripe saying yes or no at once. @returns whether there was anything to do. */
const step = (world: World, model: Model): boolean => {
  const add = (kind: TransferFacts['kind'], amount: number, more: Partial<TransferFacts> = {}) =>
    model.transfers.push({
      id: `t${String(++world.ids).padStart(5, '0')}`,
      kind,
      status: 'succeeded',
      amount,
      againstId: null,
      settledAt: now,
      ...more,
    })
  const decision = decide(world, model)
  switch (decision.do) {
    case 'nothing':
    case 'wait':
    case 'hold':
      return false
    case 'transfer':
      add('transfer', decision.amount)
      return true
    case 'reverse':
      if (world.canReverse) add('reversal', decision.amount, { againstId: decision.transferId })
      else {
        add('reversal', decision.amount, { againstId: decision.transferId, status: 'failed' })
        add('receivable', decision.amount, { againstId: decision.transferId })
      }
      return true
    case 'record-debt':
      add('receivable', decision.amount)
      return true
    case 'net':
      world.recovered.set(decision.debtId, (world.recovered.get(decision.debtId) ?? 0) + decision.amount)
      add('netting', decision.amount, { againstId: decision.debtId })
      return true
  }
}

const settle = (world: World, model: Model): void => {
  for (let steps = 0; step(world, model); steps++) expect(steps).toBeLessThan(50)
}

/** What PostgreSQL checks after each row as well (`transfers_within`). */
const assertPossible = (world: World, model: Model): void => {
  const { transferred, reversed, netted, debts } = computePayoutSums(model.transfers)
  const recovered = sum(
    model.transfers.filter(({ kind }) => kind === 'receivable').map(({ id }) => world.recovered.get(id) ?? 0),
  )
  expect(transferred - reversed + netted - recovered).toBeLessThanOrEqual(
    model.price.amount - model.price.platformFeeAmount,
  )
  expect(reversed).toBeLessThanOrEqual(transferred)
  expect(recovered).toBeLessThanOrEqual(debts)
}

const currencies = ['GBP', 'JPY', 'KWD', 'ISK'] as const

const price = fc
  .record({
    currency: fc.constantFrom(...currencies),
    steps: fc.integer({ min: 50, max: 20_000 }),
    feeBps: fc.integer({ min: 0, max: 10_000 }),
  })
  .map(({ currency, steps, feeBps }) => {
    const amount = steps * currencyRules(currency).step
    return { amount, currency, platformFeeAmount: splitPrice({ amount, currency, feeBps }).platformFeeAmount }
  })

const action = fc.record({
  what: fc.constantFrom(
    'refund',
    'refund-succeeds',
    'refund-fails',
    'dispute',
    'win',
    'lose',
    'empty',
    'fill',
    'account',
    'settle',
    'settle',
    'settle',
  ),
  which: fc.nat({ max: 2 }),
  part: fc.integer({ min: 1, max: 100 }),
})

const stepsOf = ({ amount, currency }: Model['price'], part: number) => {
  const { step: size } = currencyRules(currency)
  return Math.max(size, Math.floor((amount * part) / 100 / size) * size)
}

const act = (world: World, { what, which, part }: { what: string; which: number; part: number }): void => {
  const model = world.payments[which % world.payments.length]
  if (!model) return
  const pending = model.refunds.find(({ status }) => status === 'pending')
  const open = model.disputes.find(({ status }) => status === 'open')
  switch (what) {
    case 'refund': {
      const asked = sum(model.refunds.map(({ amount, status }) => (status === 'failed' ? 0 : amount)))
      const amount = Math.min(model.price.amount - asked, stepsOf(model.price, part))
      if (amount > 0 && !model.disputes.length) model.refunds.push({ amount, status: 'pending' })
      return
    }
    case 'refund-succeeds':
      if (pending) pending.status = 'succeeded'
      return
    case 'refund-fails': {
      const refund = pending ?? model.refunds.find(({ status }) => status === 'succeeded')
      if (refund) refund.status = 'failed'
      return
    }
    case 'dispute':
      if (!open) model.disputes.push({ amount: stepsOf(model.price, part + 30), status: 'open' })
      return
    case 'win':
      if (open) open.status = 'won'
      return
    case 'lose':
      if (open) open.status = 'lost'
      return
    case 'empty':
      world.canReverse = false
      return
    case 'fill':
      world.canReverse = true
      return
    case 'account':
      world.isPayable = !world.isPayable
      return
    default:
      settle(world, model)
  }
}

describe('payouts', () => {
  it('end with what each consultant should have had, whatever happened in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 1, maxLength: 3 }),
        fc.array(action, { maxLength: 60 }),
        (prices, actions) => {
          const payments = prices.map((one) => ({ price: one, refunds: [], disputes: [], transfers: [] }))
          const world: World = { payments, recovered: new Map(), canReverse: true, isPayable: true, ids: 0 }
          for (const one of actions) {
            act(world, one)
            for (const model of world.payments) assertPossible(world, model)
          }
          world.isPayable = true
          for (const model of world.payments) {
            for (const refund of model.refunds) if (refund.status === 'pending') refund.status = 'succeeded'
            for (const dispute of model.disputes) if (dispute.status === 'open') dispute.status = 'won'
          }
          for (const model of world.payments) settle(world, model)
          for (const model of world.payments) {
            assertPossible(world, model)
            const { transferred, reversed, netted, debts, had } = computePayoutSums(model.transfers)
            expect(transferred - reversed + netted - debts).toBe(had)
            expect(had).toBe(computeConsultantShare(model.price, returnedOf(model)))
          }
          // What was kept back for debts is what counts as recovered of them, in each currency.
          const netted = sum(payments.map(({ transfers }) => computePayoutSums(transfers).netted))
          expect(netted).toBe(sum([...world.recovered.values()]))
        },
      ),
      { numRuns: repetitions({ usual: 2_000, long: 20_000 }) },
    )
  })
})
