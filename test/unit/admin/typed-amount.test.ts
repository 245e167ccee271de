import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencies, currencyRules } from '#shared/money'
import { adminWords } from '../../../src/app/(payload)/admin-components/words/admin-words'
import {
  amountFaultOf,
  carryAmount,
  decimalOf,
  readAmount,
} from '../../../src/app/(payload)/admin-components/lib/typed-amount'

const { say } = adminWords('en')

describe('an amount that somebody types into a form', () => {
  it.each([
    ['120', 'GBP', 12_000],
    ['120,50', 'EUR', 12_050],
    ['1 250', 'GBP', 125_000],
    ['120', 'ISK', 12_000],
    ['', 'GBP', null],
    [' ', undefined, null],
  ])('%j in %s is held as %j', (typed, currency, held) => {
    expect(readAmount(typed, currency)).toBe(held)
    expect(amountFaultOf(readAmount(typed, currency), currency, say)).toBeUndefined()
  })

  it.each([
    ['1,250', 'GBP', 'no amount in GBP. Write it like 120.00'],
    ['12,000', 'GBP', 'no amount in GBP'],
    ['12.000', 'EUR', 'no amount in EUR'],
    ['10.000', 'JPY', 'no amount in JPY. Write it like 12000'],
    ['120.00', 'JPY', 'no amount in JPY'],
    ['a lot', 'KWD', 'no amount in KWD. Write it like 12.000'],
    ['120', undefined, 'Choose the currency first.'],
    ['120', 'XXX', 'Choose the currency first.'],
  ])('%j in %s stays as it is, says why, and is a number to nobody', (typed, currency, words) => {
    const held = readAmount(typed, currency)
    expect(decimalOf(held, currency)).toBe(typed)
    expect(amountFaultOf(held, currency, say)).toContain(words)
    expect(parseFloat(String(held))).toBeNaN()
  })

  it.each([
    [12_000, 'GBP', 'JPY', 120],
    [120, 'JPY', 'GBP', 12_000],
    [12_050, 'GBP', 'EUR', 12_050],
    [12_000, 'GBP', 'KWD', 120_000],
    [12_050, 'GBP', 'JPY', '“120.50”'],
    [12_000, 'GBP', undefined, '“120.00”'],
    ['“120.00”', undefined, 'EUR', 12_000],
    ['“120”', undefined, 'GBP', 12_000],
    ['“12,000”', 'GBP', 'JPY', '“12,000”'],
    [null, 'GBP', 'JPY', null],
  ])('%j is the same number when %s becomes %s', (held, from, to, carried) => {
    expect(carryAmount(held, from, to)).toBe(carried)
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
