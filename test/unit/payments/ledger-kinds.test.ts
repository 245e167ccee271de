import { describe, expect, it } from 'vitest'
import { chargeEntries, elsewhereChargeEntries } from '#payments/charge/charge-entries'
import { ledgerKindNames, ledgerKinds } from '#payments/ledger/ledger-kinds'

describe('the kinds of the ledger', () => {
  it.each(ledgerKindNames)('%s: what lies at Stripe is the platform’s or the consultant’s', (kind) => {
    const { cash, platform, consultant } = ledgerKinds[kind].moves
    expect(platform + consultant).toBe(cash)
  })

  it('owe the consultant the same of what was paid elsewhere, out of what is the platform’s', () => {
    const payment = { id: 'p', amount: 10_000, platformFeeAmount: 1_500 }
    const elsewhere = { reference: 'INV-7', by: { role: 'operations', id: 'u' } } as const
    const sums = (entries: ReturnType<typeof chargeEntries>) => {
      const sum = { cash: 0, platform: 0, consultant: 0, customer: 0 }
      for (const { kind, amount } of entries) {
        expect(Math.sign(amount)).toBe(ledgerKinds[kind].sign)
        for (const account of Object.keys(sum) as (keyof typeof sum)[]) {
          sum[account] += amount * ledgerKinds[kind].moves[account]
        }
      }
      return sum
    }
    expect(sums(chargeEntries(payment, 'ch_1'))).toEqual({
      cash: 10_000,
      platform: 1_500,
      consultant: 8_500,
      customer: 10_000,
    })
    expect(sums(elsewhereChargeEntries(payment, elsewhere))).toEqual({
      cash: 0,
      platform: -8_500,
      consultant: 8_500,
      customer: 10_000,
    })
    expect(elsewhereChargeEntries(payment, elsewhere)[0]).toMatchObject({ stripeObjectId: 'p', elsewhere })
  })
})
