import { currencyRules, roundToStep } from '#shared/money'

/** What Stripe takes of a payment: a share (basis points), and something fixed (minor units). */
type Rate = { bps: number; fixed: number; most?: number }

const cardRates: Readonly<Record<string, Rate>> = {
  aud: { bps: 170, fixed: 30 },
  cad: { bps: 290, fixed: 30 },
  chf: { bps: 290, fixed: 30 },
  eur: { bps: 150, fixed: 25 },
  gbp: { bps: 150, fixed: 20 },
  inr: { bps: 200, fixed: 200 },
  isk: { bps: 240, fixed: 3_000 },
  jpy: { bps: 360, fixed: 0 },
  kwd: { bps: 290, fixed: 100 },
  nzd: { bps: 265, fixed: 30 },
  sgd: { bps: 340, fixed: 50 },
  usd: { bps: 290, fixed: 30 },
}

const otherCards: Rate = { bps: 290, fixed: 0 }

const debitRates: Readonly<Record<string, Rate>> = {
  bacs_debit: { bps: 100, fixed: 20, most: 200 },
  sepa_debit: { bps: 0, fixed: 35 },
}

/**
 * Stripe's fee for a domestic payment, in the smallest step of the currency, never more than the payment.
 * @param methodType the type of the payment method: `card`, `bacs_debit`, …
 */
export const processingFee = (amount: number, currency: string, methodType: string): number => {
  const code = currency.toUpperCase()
  const { step } = currencyRules(code)
  const { bps, fixed, most = Infinity } = debitRates[methodType] ?? cardRates[currency] ?? otherCards
  const fee = roundToStep((amount * bps) / 10_000, code) + roundToStep(fixed, code)
  return Math.min(amount - (amount % step), fee, most)
}
