import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencies, currencyRules } from '#shared/money'
import { amountFaultOf, decimalOf, readAmount } from '../../../src/app/(payload)/admin-components/lib/typed-amount'

describe('an amount that somebody types into a form', () => {
  it.each([
    ['120', 'GBP', 12_000],
    ['120,50', 'EUR', 12_050],
    ['1 250', 'GBP', 125_000],
    ['120.00', 'JPY', 120],
    ['120', 'ISK', 12_000],
    ['', 'GBP', null],
    [' ', undefined, null],
  ])('%j in %s is held as %j', (typed, currency, held) => {
    expect(readAmount(typed, currency)).toBe(held)
    expect(amountFaultOf(readAmount(typed, currency), currency)).toBeUndefined()
  })

  it.each([
    ['1,250', 'GBP', 'no amount in GBP. Write it like 120.00'],
    ['12.50', 'JPY', 'no amount in JPY. Write it like 12000'],
    ['a lot', 'KWD', 'no amount in KWD. Write it like 12.000'],
    ['120', undefined, 'Choose the currency first.'],
    ['120', 'XXX', 'Choose the currency first.'],
  ])('%j in %s stays as it is, and says why', (typed, currency, words) => {
    const held = readAmount(typed, currency)
    expect(held).toBe(typed)
    expect(decimalOf(held, currency)).toBe(typed)
    expect(amountFaultOf(held, currency)).toContain(words)
  })

  it('is what is shown of it, in every currency', () => {
    const money = fc
      .constantFrom(...Object.keys(currencies))
      .chain((currency) => fc.nat(1_000_000).map((n) => ({ currency, amount: n * currencyRules(currency).step })))
    fc.assert(
      fc.property(money, ({ amount, currency }) => {
        expect(readAmount(decimalOf(amount, currency), currency)).toBe(amount)
      }),
    )
  })
})
