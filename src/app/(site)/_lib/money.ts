import { currencies } from '#shared/money'
import type { Money } from './api-types'

/** The API's table of currencies decides, not Intl: for ISK and UGX the two differ by a factor of a hundred. */
const digitsOf = (currency: string): number => currencies[currency]?.digits ?? 2

/** Whether there is nothing to pay; a price that is not known is not free. */
export const isFree = (price: Money | null): boolean => price?.amount === 0

/** `{ amount: 12000, currency: 'GBP' }` → `£120`; cents are shown only when there are some. */
export const formatMoney = ({ amount, currency }: Money, locale: string): string => {
  const digits = digitsOf(currency)
  const value = amount / 10 ** digits
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: Number.isInteger(value) ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(value)
}
