import { currencies, toDecimal } from '#shared/money'
import { parseAmount } from '#shared/parse-amount'

const isKnown = (currency: string | undefined): currency is string =>
  currency !== undefined && Object.hasOwn(currencies, currency)

/** What a form holds for what somebody typed: minor units, null for nothing, and the text itself where it is no amount of that currency. */
export const readAmount = (typed: string, currency: string | undefined): number | string | null => {
  const text = typed.trim()
  if (text === '') return null
  // "120.00" of one currency is "120" of one that has nothing smaller.
  const whole = text.replace(/[.,]0+$/, '')
  return isKnown(currency) ? (parseAmount(text, currency) ?? parseAmount(whole, currency) ?? text) : text
}

/** What stands in the input for what the form holds. */
export const decimalOf = (value: unknown, currency: string | undefined): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return ''
  return isKnown(currency) ? toDecimal({ amount: value, currency }) : String(value)
}

/** What is wrong with what the form holds, in words that say what to type; undefined when nothing is. */
export const amountFaultOf = (value: unknown, currency: string | undefined): string | undefined => {
  if (typeof value !== 'string') return undefined
  if (!isKnown(currency)) return 'Choose the currency first.'
  const example = toDecimal({ amount: 12_000, currency })
  return `“${value}” is no amount in ${currency}. Write it like ${example}, without signs that set thousands apart.`
}
