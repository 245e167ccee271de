import { currencies, currencyRules, formatMoney } from '#shared/money'
import { invalidRequest } from '../refusal'

/**
 * Whether Stripe takes that much of that currency.
 * @throws Refusal
 */
export const assertAmount = (amount: number, currency: string, param: string): void => {
  const code = currency.toUpperCase()
  if (!Object.hasOwn(currencies, code)) {
    throw invalidRequest(
      `Invalid currency: ${currency}. Stripe currently supports these currencies: ${Object.keys(currencies).join(', ').toLowerCase()}`,
      { param: 'currency' },
    )
  }
  const { step } = currencyRules(code)
  if (amount < 0) {
    throw invalidRequest('Invalid non-negative integer', { code: 'parameter_invalid_integer', param })
  }
  if (amount % step !== 0) {
    throw invalidRequest(`Invalid amount: amounts in ${code} must be a multiple of ${step}.`, {
      code: 'parameter_invalid_integer',
      param,
    })
  }
  if (amount > 99_999_999_999)
    throw invalidRequest('Amount must be no more than 99999999999', { code: 'amount_too_large', param })
}

/**
 * @param param of the amount itself; without it the total of a checkout is meant.
 * @throws Refusal when it is less than Stripe charges.
 */
export const assertChargeable = (amount: number, currency: string, param?: string): void => {
  const code = currency.toUpperCase()
  const { smallestCharge } = currencyRules(code)
  if (amount < Math.max(1, smallestCharge)) {
    const least = `${formatMoney({ amount: smallestCharge, currency: code }, 'en-US')} ${currency}`
    throw param === undefined
      ? invalidRequest(`The Checkout Session's total amount due must add up to at least ${least}`, {
          code: 'amount_too_small',
        })
      : invalidRequest(`Amount must be at least ${least}`, { code: 'amount_too_small', param })
  }
}
