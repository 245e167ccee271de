import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencies, currencyRules, toDecimal } from '#shared/money'
import { parseAmount } from '#shared/parse-amount'

describe('an amount that was typed', () => {
  it.each([
    ['12.50', 'GBP', 1_250],
    ['12,5', 'EUR', 1_250],
    [' 1 250 ', 'GBP', 125_000],
    ['1250', 'JPY', 1_250],
    ['1.250', 'KWD', 1_250],
    ['12', 'ISK', 1_200],
    ['0', 'GBP', 0],
  ])('%s in %s is %i', (text, currency, amount) => {
    expect(parseAmount(text, currency)).toBe(amount)
  })

  it.each([
    ['', 'GBP'],
    ['-1', 'GBP'],
    ['1e3', 'GBP'],
    ['£5', 'GBP'],
    ['12.', 'GBP'],
    ['1,250', 'GBP'],
    ['1,250.00', 'GBP'],
    ['12.345', 'EUR'],
    ['12.5', 'JPY'],
    ['12.50', 'ISK'],
    ['1.255', 'KWD'],
    ['9'.repeat(16), 'GBP'],
  ])('%j in %s is none', (text, currency) => {
    expect(parseAmount(text, currency)).toBeUndefined()
  })

  it('is what was written of it before, in every currency', () => {
    const anyMoney = fc
      .constantFrom(...Object.keys(currencies))
      .chain((currency) =>
        fc
          .integer({ min: 0, max: 99_999_999 })
          .map((steps) => ({ currency, amount: steps * currencyRules(currency).step })),
      )
    fc.assert(
      fc.property(anyMoney, (money) => {
        expect(parseAmount(toDecimal(money), money.currency)).toBe(money.amount)
      }),
    )
  })
})
