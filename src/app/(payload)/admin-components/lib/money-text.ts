import { currencies, formatMoney } from '#shared/money'

/** "£120.00"; undefined when there is no amount or its currency is not known. */
export const moneyText = (amount: unknown, currency: unknown, locale: string): string | undefined => {
  if (!Number.isSafeInteger(amount) || typeof currency !== 'string' || !Object.hasOwn(currencies, currency))
    return undefined
  return formatMoney({ amount: Number(amount), currency }, locale)
}

/** Where the currency of the amount at `path` stands: beside it, or from the top when it begins with a slash. */
export const currencyPathOf = (path: string, currencyPath: string): string =>
  currencyPath.startsWith('/') ? currencyPath.slice(1) : path.replace(/[^.]*$/, currencyPath)
