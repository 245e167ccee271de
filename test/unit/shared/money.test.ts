import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  apportionFeeBack,
  assertMoney,
  currencies,
  currencyOptions,
  currencyRules,
  formatMoney,
  isSupportedCurrency,
  isValidAmount,
  isValidPrice,
  priceOf,
  roundToStep,
  splitPrice,
  supportedCurrencies,
  toDecimal,
} from '#shared/money'

const anyCurrency = fc.constantFrom(...Object.keys(currencies))
const anyPrice = anyCurrency.chain((currency) =>
  fc
    .integer({ min: 0, max: 99_999_999_999 })
    .map((steps) => ({ currency, amount: steps * currencyRules(currency).step })),
)
const anyFee = fc.integer({ min: 0, max: 10_000 })

describe('currencies', () => {
  it('knows the digits and steps that Stripe counts in', () => {
    expect(currencyRules('GBP')).toMatchObject({ digits: 2, step: 1 })
    expect(currencyRules('JPY')).toMatchObject({ digits: 0, step: 1 })
    expect(currencyRules('KWD')).toMatchObject({ digits: 3, step: 10 })
    expect(currencyRules('ISK')).toMatchObject({ digits: 2, step: 100 })
    for (const code of 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ')) {
      expect(currencyRules(code).digits, code).toBe(0)
    }
    for (const code of 'BHD JOD KWD OMR TND'.split(' ')) expect(currencyRules(code).step, code).toBe(10)
  })

  it('knows every currency that is sold in', () => {
    for (const currency of supportedCurrencies) expect(currencyRules(currency).label).not.toBe('')
    expect(currencyOptions.map((option) => option.value)).toEqual([...supportedCurrencies])
    expect(isSupportedCurrency('GBP')).toBe(true)
    expect(isSupportedCurrency('VND')).toBe(false)
  })

  it('refuses to guess an unknown currency', () => {
    for (const code of ['gbp', 'XXX', '', 'constructor', '__proto__']) {
      expect(() => currencyRules(code)).toThrow('is not known')
      expect(isValidAmount(100, code)).toBe(false)
    }
  })
})

describe('amounts', () => {
  it('takes whole minor units in the smallest step', () => {
    expect(isValidAmount(0, 'GBP')).toBe(true)
    expect(isValidAmount(1, 'GBP')).toBe(true)
    expect(isValidAmount(1230, 'KWD')).toBe(true)
    expect(isValidAmount(500, 'ISK')).toBe(true)
  })

  it.each([
    [0.5, 'GBP'],
    [-1, 'GBP'],
    [NaN, 'GBP'],
    [Infinity, 'GBP'],
    [2 ** 53, 'GBP'],
    ['100', 'GBP'],
    [null, 'GBP'],
    [1234, 'KWD'],
    [150, 'ISK'],
  ])('refuses %s %s', (amount, currency) => {
    expect(isValidAmount(amount, currency)).toBe(false)
  })

  it('says what is wrong', () => {
    expect(() => assertMoney(1.5, 'EUR')).toThrow('1.5 is not an amount of EUR: it must be a whole number')
    expect(() => assertMoney(150, 'ISK')).toThrow('a multiple of 100')
    expect(() => assertMoney(150, 'EUR')).not.toThrow()
  })

  it('takes no price below what Stripe charges, but a free one', () => {
    expect(isValidPrice(0, 'GBP')).toBe(true)
    expect(isValidPrice(29, 'GBP')).toBe(false)
    expect(isValidPrice(30, 'GBP')).toBe(true)
    expect(isValidPrice(49, 'JPY')).toBe(false)
  })
})

describe('roundToStep', () => {
  it.each([
    [0.49, 'GBP', 0],
    [0.5, 'GBP', 1],
    [1.5, 'GBP', 2],
    [2.5, 'GBP', 3],
    [4.99, 'KWD', 0],
    [5, 'KWD', 10],
    [149.9, 'ISK', 100],
    [150, 'ISK', 200],
    [0.49999999999999994, 'GBP', 0],
    [4503599627370497.5, 'GBP', 4503599627370498],
  ])('%d %s is %d', (amount, currency, rounded) => {
    expect(roundToStep(amount, currency)).toBe(rounded)
  })

  it('refuses what is no amount', () => {
    for (const amount of [-1, NaN, Infinity]) expect(() => roundToStep(amount, 'GBP')).toThrow(RangeError)
  })
})

describe('splitPrice', () => {
  it('rounds the fee half up and leaves the rest to the consultant', () => {
    expect(splitPrice({ amount: 10_001, currency: 'GBP', feeBps: 1500 })).toEqual({
      platformFeeAmount: 1500,
      consultantPayoutAmount: 8501,
    })
    expect(splitPrice({ amount: 10, currency: 'GBP', feeBps: 1500 }).platformFeeAmount).toBe(2)
    expect(splitPrice({ amount: 12_350, currency: 'KWD', feeBps: 1500 })).toEqual({
      platformFeeAmount: 1850,
      consultantPayoutAmount: 10_500,
    })
    expect(splitPrice({ amount: 990_000, currency: 'ISK', feeBps: 1525 }).platformFeeAmount).toBe(151_000)
    expect(splitPrice({ amount: 5000, currency: 'JPY', feeBps: 1111 }).platformFeeAmount).toBe(556)
  })

  it('adds up exactly, in the smallest step, for every price and fee', () => {
    fc.assert(
      fc.property(anyPrice, anyFee, ({ amount, currency }, feeBps) => {
        const split = splitPrice({ amount, currency, feeBps })
        expect(split.platformFeeAmount + split.consultantPayoutAmount).toBe(amount)
        expect(isValidAmount(split.platformFeeAmount, currency)).toBe(true)
        expect(isValidAmount(split.consultantPayoutAmount, currency)).toBe(true)
        const exact = (amount * feeBps) / 10_000
        expect(Math.abs(split.platformFeeAmount - exact)).toBeLessThanOrEqual(currencyRules(currency).step / 2 + 1e-3)
      }),
    )
  })

  it('is exact where floating point is not', () => {
    expect(splitPrice({ amount: 9_007_199_254_740_991, currency: 'GBP', feeBps: 10_000 })).toEqual({
      platformFeeAmount: 9_007_199_254_740_991,
      consultantPayoutAmount: 0,
    })
  })

  it('refuses fees and amounts that are none', () => {
    expect(() => splitPrice({ amount: 100, currency: 'GBP', feeBps: 10_001 })).toThrow('feeBps')
    expect(() => splitPrice({ amount: 100, currency: 'GBP', feeBps: 12.5 })).toThrow('feeBps')
    expect(() => splitPrice({ amount: 100.5, currency: 'GBP', feeBps: 100 })).toThrow('not an amount')
  })
})

describe('apportionFeeBack', () => {
  const refundAll = (price: { amount: number; currency: string }, fee: number, refunds: number[]) => {
    let refundedSoFar = 0
    let feeBackSoFar = 0
    const parts = refunds.map((refundAmount) => {
      const part = apportionFeeBack({ ...price, platformFeeAmount: fee, refundedSoFar, feeBackSoFar, refundAmount })
      refundedSoFar += refundAmount
      feeBackSoFar += part.platformFeeBack
      return part
    })
    return { parts, refundedSoFar, feeBackSoFar }
  }

  it('returns exactly the fee with three refunds of a third of 100.01 at 15 %', () => {
    const price = { amount: 10_001, currency: 'GBP' }
    const { platformFeeAmount, consultantPayoutAmount } = splitPrice({ ...price, feeBps: 1500 })
    const { parts, refundedSoFar } = refundAll(price, platformFeeAmount, [3333, 3333, 3335])
    expect(refundedSoFar).toBe(10_001)
    expect(parts.map((part) => part.platformFeeBack)).toEqual([500, 500, 500])
    expect(parts.map((part) => part.consultantPayoutBack)).toEqual([2833, 2833, 2835])
    expect(parts.reduce((sum, part) => sum + part.consultantPayoutBack, 0)).toBe(consultantPayoutAmount)
  })

  it('makes any sequence of partial refunds equal to one full refund', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(pieces, anyCurrency, anyFee, (steps, currency, feeBps) => {
        const refunds = steps.map((count) => count * currencyRules(currency).step)
        const price = { amount: refunds.reduce((a, b) => a + b, 0), currency }
        const split = splitPrice({ ...price, feeBps })
        const { parts, feeBackSoFar } = refundAll(price, split.platformFeeAmount, refunds)
        expect(feeBackSoFar).toBe(split.platformFeeAmount)
        expect(parts.reduce((sum, part) => sum + part.consultantPayoutBack, 0)).toBe(split.consultantPayoutAmount)
        for (const part of parts) {
          expect(isValidAmount(part.platformFeeBack, currency)).toBe(true)
          expect(isValidAmount(part.consultantPayoutBack, currency)).toBe(true)
        }
      }),
    )
  })

  it('still adds up after a refund in the middle failed later', () => {
    const price = { amount: 101, currency: 'GBP', platformFeeAmount: 15 }
    const first = apportionFeeBack({ ...price, refundedSoFar: 0, feeBackSoFar: 0, refundAmount: 10 })
    const second = apportionFeeBack({
      ...price,
      refundedSoFar: 10,
      feeBackSoFar: first.platformFeeBack,
      refundAmount: 10,
    })
    const rest = apportionFeeBack({
      ...price,
      refundedSoFar: 10,
      feeBackSoFar: second.platformFeeBack,
      refundAmount: 91,
    })
    expect(second.platformFeeBack + rest.platformFeeBack).toBe(15)
    expect(second.consultantPayoutBack + rest.consultantPayoutBack).toBe(86)
  })

  it('refuses to return more than was paid', () => {
    const price = { amount: 100, currency: 'GBP', platformFeeAmount: 15, feeBackSoFar: 9 }
    expect(() => apportionFeeBack({ ...price, refundedSoFar: 60, refundAmount: 41 })).toThrow('More would be refunded')
  })
})

describe('priceOf', () => {
  it('is the hourly price times the duration', () => {
    expect(priceOf({ basePriceAmount: 12_000, currency: 'GBP', durationMinutes: 60 })).toEqual({
      amount: 12_000,
      currency: 'GBP',
    })
    expect(priceOf({ basePriceAmount: 12_000, currency: 'GBP', durationMinutes: 10 }).amount).toBe(2000)
    expect(priceOf({ basePriceAmount: 10_001, currency: 'GBP', durationMinutes: 20 }).amount).toBe(3334)
    expect(priceOf({ basePriceAmount: 10_010, currency: 'KWD', durationMinutes: 20 }).amount).toBe(3340)
    expect(priceOf({ basePriceAmount: 1_000_000, currency: 'ISK', durationMinutes: 20 }).amount).toBe(333_300)
    expect(priceOf({ basePriceAmount: 5000, currency: 'JPY', durationMinutes: 50 }).amount).toBe(4167)
  })
})

describe('what people read', () => {
  it.each([
    [10_001, 'GBP', 'en-GB', '£100.01'],
    [12_000, 'USD', 'en-US', '$120.00'],
    [5000, 'JPY', 'en-US', '¥5,000'],
    [12_500, 'KWD', 'en-US', 'KWD 12.500'],
    [1_250_000, 'ISK', 'en-US', 'ISK 12,500'],
    [123_456, 'EUR', 'de-DE', '1.234,56 €'],
    [-250, 'EUR', 'en-IE', '-€2.50'],
  ])('%d %s in %s is %s', (amount, currency, locale, text) => {
    expect(formatMoney({ amount, currency }, locale).replaceAll(/[\u00A0\u202F]/g, ' ')).toBe(text)
  })

  it('writes decimals exactly', () => {
    expect(toDecimal({ amount: 5, currency: 'GBP' })).toBe('0.05')
    expect(toDecimal({ amount: -5, currency: 'GBP' })).toBe('-0.05')
    expect(toDecimal({ amount: 1_250_000, currency: 'ISK' })).toBe('12500')
    expect(toDecimal({ amount: 1_250_050, currency: 'ISK' })).toBe('12500.50')
    expect(toDecimal({ amount: 9_007_199_254_740_991, currency: 'GBP' })).toBe('90071992547409.91')
  })
})
