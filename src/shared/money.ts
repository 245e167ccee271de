/** An amount in the currency's minor unit as Stripe counts it (see `currencies`), with an ISO 4217 code in upper case. */
export type Money = { amount: number; currency: string }

type CurrencyRules = {
  label: string
  /** How many digits of `amount` stand behind the decimal point. */
  digits: 0 | 2 | 3
  /** Every amount that moves (price, fee, refund, transfer, reversal) is a multiple of this. */
  step: 1 | 10 | 100
  /** The smallest amount that Stripe charges; 0 where Stripe names none. */
  smallestCharge: number
}

const zeroDecimal = (label: string, smallestCharge = 0): CurrencyRules => ({
  label,
  digits: 0,
  step: 1,
  smallestCharge,
})
const twoDecimal = (label: string, smallestCharge: number): CurrencyRules => ({
  label,
  digits: 2,
  step: 1,
  smallestCharge,
})
/** Stripe wants the last of the three digits to be 0. */
const threeDecimal = (label: string): CurrencyRules => ({ label, digits: 3, step: 10, smallestCharge: 0 })
/** Has no minor unit any more, but Stripe still counts it in hundredths, and takes only whole units. */
const wholeUnits = (label: string): CurrencyRules => ({ label, digits: 2, step: 100, smallestCharge: 0 })

/** What is known of each currency. Source: Stripe's documentation of currencies, zero- and three-decimal, special cases. */
export const currencies: Readonly<Record<string, CurrencyRules>> = {
  AUD: twoDecimal('Australian dollar', 50),
  BHD: threeDecimal('Bahraini dinar'),
  BIF: zeroDecimal('Burundian franc'),
  CAD: twoDecimal('Canadian dollar', 50),
  CHF: twoDecimal('Swiss franc', 50),
  CLP: zeroDecimal('Chilean peso'),
  DJF: zeroDecimal('Djiboutian franc'),
  EUR: twoDecimal('Euro', 50),
  GBP: twoDecimal('Pound sterling', 30),
  GNF: zeroDecimal('Guinean franc'),
  INR: twoDecimal('Indian rupee', 50),
  ISK: wholeUnits('Icelandic króna'),
  JOD: threeDecimal('Jordanian dinar'),
  JPY: zeroDecimal('Japanese yen', 50),
  KMF: zeroDecimal('Comorian franc'),
  KRW: zeroDecimal('South Korean won'),
  KWD: threeDecimal('Kuwaiti dinar'),
  MGA: zeroDecimal('Malagasy ariary'),
  NZD: twoDecimal('New Zealand dollar', 50),
  OMR: threeDecimal('Omani rial'),
  PYG: zeroDecimal('Paraguayan guaraní'),
  RWF: zeroDecimal('Rwandan franc'),
  SGD: twoDecimal('Singapore dollar', 50),
  TND: threeDecimal('Tunisian dinar'),
  UGX: wholeUnits('Ugandan shilling'),
  USD: twoDecimal('US dollar', 50),
  VND: zeroDecimal('Vietnamese đồng'),
  VUV: zeroDecimal('Vanuatu vatu'),
  XAF: zeroDecimal('Central African CFA franc'),
  XOF: zeroDecimal('West African CFA franc'),
  XPF: zeroDecimal('CFP franc'),
}

/** The currencies in which something can be sold; the others of the table are known, so that amounts in them are never misread. */
export const supportedCurrencies = [
  'GBP',
  'EUR',
  'USD',
  'JPY',
  'KWD',
  'ISK',
  'AUD',
  'CAD',
  'CHF',
  'NZD',
  'INR',
  'SGD',
] as const

export type SupportedCurrency = (typeof supportedCurrencies)[number]

export const isSupportedCurrency = (currency: string): currency is SupportedCurrency =>
  supportedCurrencies.some((supported) => supported === currency)

const germanCurrencies = new Intl.DisplayNames('de', { type: 'currency' })

/** `value` and `label` for a select field. */
export const currencyOptions = supportedCurrencies.map((currency) => ({
  value: currency,
  label: {
    en: `${currency} – ${currencyRules(currency).label}`,
    de: `${currency} – ${germanCurrencies.of(currency) ?? currency}`,
  },
}))

/** @throws RangeError when the currency is not in the table: guessing its digits could be wrong by a factor of 1000. */
export function currencyRules(currency: string): CurrencyRules {
  const rules = Object.hasOwn(currencies, currency) ? currencies[currency] : undefined
  if (!rules) throw new RangeError(`The currency "${currency}" is not known.`)
  return rules
}

/** Whether `amount` can be an amount of that currency: a safe integer ≥ 0 in the currency's smallest step. */
export const isValidAmount = (amount: unknown, currency: string): amount is number =>
  typeof amount === 'number' &&
  Number.isSafeInteger(amount) &&
  amount >= 0 &&
  Object.hasOwn(currencies, currency) &&
  amount % currencyRules(currency).step === 0

/** Stripe takes amounts of up to eight digits. Source: its API reference, `amount` of a PaymentIntent. */
export const largestCharge = 99_999_999

/** Whether that much can be asked for: nothing at all, or what Stripe charges at least and at most. */
export const isValidPrice = (amount: unknown, currency: string): amount is number =>
  isValidAmount(amount, currency) &&
  (amount === 0 || (amount >= currencyRules(currency).smallestCharge && amount <= largestCharge))

/** @throws RangeError saying what is wrong with the amount. */
export const assertMoney = (amount: number, currency: string): void => {
  const { step } = currencyRules(currency)
  if (!isValidAmount(amount, currency)) {
    const unit = step === 1 ? 'a whole number' : `a multiple of ${step}`
    throw new RangeError(
      `${String(amount)} is not an amount of ${currency}: it must be ${unit} of minor units, 0 or more.`,
    )
  }
}

/** `amount × numerator ÷ denominator` in the currency's smallest step, half up; exact, whatever the size. */
const scaleToStep = ({
  amount,
  numerator,
  denominator,
  currency,
}: {
  amount: number
  numerator: number
  denominator: number
  currency: string
}): number => {
  const step = BigInt(currencyRules(currency).step)
  const dividend = BigInt(amount) * BigInt(numerator)
  const divisor = BigInt(denominator) * step
  const steps = (2n * dividend + divisor) / (2n * divisor)
  return Number(steps * step)
}

/**
 * The nearest amount in the currency's smallest step, half up.
 * @param amount minor units, may have a fraction; finite and ≥ 0, else RangeError.
 */
export const roundToStep = (amount: number, currency: string): number => {
  const { step } = currencyRules(currency)
  if (!Number.isFinite(amount) || amount < 0) throw new RangeError(`${String(amount)} cannot be rounded to an amount.`)
  const steps = amount / step
  const whole = Math.floor(steps)
  return (steps - whole >= 0.5 ? whole + 1 : whole) * step
}

const assertWholeNumber = (name: string, value: number, max: number): void => {
  if (!Number.isSafeInteger(value) || value < 0 || value > max) {
    throw new RangeError(`${name} must be a whole number between 0 and ${max}, not ${String(value)}.`)
  }
}

export type PriceSplit = { platformFeeAmount: number; consultantPayoutAmount: number }

/**
 * The platform's and the consultant's share of a price. Only the fee is rounded, the payout is what remains, so the two
 * always add up to the price.
 * @param price.feeBps the platform's fee in basis points (1500 = 15 %).
 */
export const splitPrice = ({
  amount,
  currency,
  feeBps,
}: {
  amount: number
  currency: string
  feeBps: number
}): PriceSplit => {
  assertMoney(amount, currency)
  assertWholeNumber('feeBps', feeBps, 10_000)
  const rounded = scaleToStep({ amount, numerator: feeBps, denominator: 10_000, currency })
  const platformFeeAmount = Math.min(amount, rounded)
  return { platformFeeAmount, consultantPayoutAmount: amount - platformFeeAmount }
}

export type FeeBack = {
  /** How much of this refund the platform bears. */
  platformFeeBack: number
  /** How much of it the consultant bears; the two add up to the refund. */
  consultantPayoutBack: number
}

/**
 * Who bears how much of one refund. Apportioned cumulatively: after any sequence of refunds the platform has given back
 * `round(fee × refunded ÷ price)`, so that refunds which return the whole price return exactly the fee and the payout.
 * @param refund.refundedSoFar what was refunded before, without refunds that failed.
 * @param refund.feeBackSoFar the platform's part of that, as it was recorded.
 * @throws RangeError when more would be refunded than was paid.
 */
export const apportionFeeBack = ({
  amount,
  currency,
  platformFeeAmount,
  refundedSoFar,
  feeBackSoFar,
  refundAmount,
}: {
  amount: number
  currency: string
  platformFeeAmount: number
  refundedSoFar: number
  feeBackSoFar: number
  refundAmount: number
}): FeeBack => {
  for (const value of [amount, platformFeeAmount, refundedSoFar, refundAmount]) assertMoney(value, currency)
  if (platformFeeAmount > amount) throw new RangeError('The fee is larger than the price.')
  const refunded = refundedSoFar + refundAmount
  if (refunded > amount) throw new RangeError('More would be refunded than was paid.')
  if (amount === 0) return { platformFeeBack: 0, consultantPayoutBack: 0 }
  const feeBack = scaleToStep({ amount: platformFeeAmount, numerator: refunded, denominator: amount, currency })
  const platformFeeBack = feeBack - feeBackSoFar
  return { platformFeeBack, consultantPayoutBack: refundAmount - platformFeeBack }
}

/** The price of a duration at an hourly base price, in the currency's smallest step, half up. */
export const priceOf = ({
  basePriceAmount,
  currency,
  durationMinutes,
}: {
  basePriceAmount: number
  currency: string
  durationMinutes: number
}): Money => {
  assertMoney(basePriceAmount, currency)
  assertWholeNumber('durationMinutes', durationMinutes, 100_000)
  return {
    amount: scaleToStep({ amount: basePriceAmount, numerator: durationMinutes, denominator: 60, currency }),
    currency,
  }
}

/** The decimal number, exact: 10001 GBP → "100.01", 1250000 ISK → "12500", 12500 KWD → "12.500". */
export const toDecimal = ({ amount, currency }: Money): `${number}` => {
  const { digits, step } = currencyRules(currency)
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${String(amount)} is not an amount.`)
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const isWholeOnly = step === 10 ** digits && amount % step === 0
  const fraction = digits === 0 || isWholeOnly ? '' : `.${text.slice(text.length - digits)}`
  // The pieces are digits only, which the compiler cannot see.
  return `${amount < 0 ? '-' : ''}${whole}${fraction}` as `${number}`
}

/** To make one costs more than to use it a hundred times; only as many are kept as there are ways to write money here. */
const formatters = new Map<string, Intl.NumberFormat>()

const formatterFor = (locale: string, currency: string, fractionDigits: number): Intl.NumberFormat => {
  const key = `${locale} ${currency} ${fractionDigits}`
  let formatter = formatters.get(key)
  if (!formatter) {
    const digits = { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits }
    formatter = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits })
    if (formatters.size < 500) formatters.set(key, formatter)
  }
  return formatter
}

/** As people read it: `formatMoney({ amount: 12000, currency: 'GBP' }, 'en-GB')` → "£120.00". Signed amounts are fine. */
export const formatMoney = (money: Money, locale: string): string => {
  const decimal = toDecimal(money)
  return formatterFor(locale, money.currency, decimal.split('.')[1]?.length ?? 0).format(decimal)
}
