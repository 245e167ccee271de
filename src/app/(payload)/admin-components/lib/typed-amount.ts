import { currencies, toDecimal } from '#shared/money'
import type { AdminWords } from '../words/admin-words'
import { parseAmount } from '#shared/parse-amount'

const isKnown = (currency: string | undefined): currency is string =>
  currency !== undefined && Object.hasOwn(currencies, currency)

/** Whatever asks for a number reads none in it, so it is stored by nobody: drafts are saved without a look at what is wrong. */
const unread = (text: string): string => `“${text}”`

const typedIn = (held: unknown): string | undefined =>
  typeof held === 'string' ? held.replace(/^“/, '').replace(/”$/, '') : undefined

/** What a form holds for what somebody typed: minor units, null for nothing, and the text in quotation marks where it is no amount of that currency. */
export const readAmount = (typed: string, currency: string | undefined): number | string | null => {
  const text = typed.trim()
  if (text === '') return null
  return (isKnown(currency) ? parseAmount(text, currency) : undefined) ?? unread(text)
}

/** What stands in the input for what the form holds. */
export const decimalOf = (held: unknown, currency: string | undefined): string => {
  const typed = typedIn(held)
  if (typed !== undefined) return typed
  if (typeof held !== 'number' || !Number.isSafeInteger(held)) return ''
  return isKnown(currency) ? toDecimal({ amount: held, currency }) : String(held)
}

/**
 * What a form holds once another currency was picked: the same number, whatever the smallest unit is there. Zeros behind the point go where there is
 * nothing smaller than one.
 */
export const carryAmount = (
  held: unknown,
  from: string | undefined,
  to: string | undefined,
): number | string | null => {
  const text = decimalOf(held, from)
  const isAmount = typeof held === 'number'
  return readAmount(isAmount && isKnown(to) && currencies[to]?.digits === 0 ? text.replace(/\.0+$/, '') : text, to)
}

/** What is wrong with what the form holds, in words that say what to type; undefined when nothing is. */
export const amountFaultOf = (
  held: unknown,
  currency: string | undefined,
  say: AdminWords['say'],
): string | undefined => {
  const typed = typedIn(held)
  if (typed === undefined) return undefined
  if (!isKnown(currency)) return say('Choose the currency first.')
  const example = toDecimal({ amount: 12_000, currency })
  return say('“{typed}” is no amount in {currency}. Write it like {example}, without signs that set thousands apart.', {
    typed,
    currency,
    example,
  })
}
