import { currencyRules, isValidAmount } from './money'

/**
 * What a person typed as an amount, in minor units: "12.50", "12,5" or "1250". Thousands may be set apart by spaces, never by
 * points or commas: what "1,250" means depends on who wrote it, and with money nobody guesses. Undefined when it is no
 * amount of that currency; its smallest step counts, so there is no half a yen.
 */
export const parseAmount = (text: string, currency: string): number | undefined => {
  const { digits } = currencyRules(currency)
  const [, whole, fraction = ''] = /^(\d{1,15})(?:[.,](\d{1,3}))?$/.exec(text.replaceAll(/\s/g, '')) ?? []
  if (whole === undefined || fraction.length > digits) return undefined
  const amount = Number(whole + fraction.padEnd(digits, '0'))
  return isValidAmount(amount, currency) ? amount : undefined
}
