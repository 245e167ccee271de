import { currencyRules, type Money, priceOf } from '#shared/money'

/** What a service type says about lengths and prices. Payload's documents fit as they are. */
export type PricedServiceType = {
  durations?: number[] | null
  defaultDurationMinutes: number
  isFree?: boolean | null
  currency?: string | null
  prices?: { durationMinutes: number; amount: number; currency: string }[] | null
}

/** What a consultant says about them: an empty list of lengths means "all that the service type offers". */
export type PricedConsultant = {
  sessionDurations?: number[] | null
  /** Price of an hour, minor units. */
  basePrice?: number | null
  currency?: string | null
}

/** Lengths in minutes that both offer, ascending. */
export const offeredDurations = (serviceType: PricedServiceType, consultant: PricedConsultant): number[] => {
  const own = consultant.sessionDurations ?? []
  return (serviceType.durations ?? [])
    .filter((minutes) => own.length === 0 || own.includes(minutes))
    .sort((a, b) => a - b)
}

/** The length that is offered when none is asked for; undefined when the two offer none together. */
export const defaultDurationOf = (serviceType: PricedServiceType, durations: readonly number[]): number | undefined =>
  durations.includes(serviceType.defaultDurationMinutes) ? serviceType.defaultDurationMinutes : durations[0]

/** The price that the service type itself says: free, or its own price of that length. Null: the consultant decides. */
export const fixedPriceOf = (serviceType: PricedServiceType, durationMinutes: number): Money | null => {
  const fixed = serviceType.prices?.find((price) => price.durationMinutes === durationMinutes)
  if (serviceType.isFree) return { amount: 0, currency: fixed?.currency ?? serviceType.currency ?? 'GBP' }
  return fixed ? { amount: fixed.amount, currency: fixed.currency } : null
}

/** Price of one length: free, the service type's own price, or the consultant's price of an hour in proportion. */
export const priceFor = (
  serviceType: PricedServiceType,
  consultant: PricedConsultant,
  durationMinutes: number,
): Money => {
  const currency = serviceType.currency ?? consultant.currency ?? 'GBP'
  const fixed = fixedPriceOf({ ...serviceType, currency }, durationMinutes)
  if (fixed) return fixed
  return priceOf({
    basePriceAmount: consultant.basePrice ?? 0,
    currency: consultant.currency ?? currency,
    durationMinutes,
  })
}

/** Whole units (pounds, yen) as a number, to put amounts of several currencies into some order. */
export const majorUnitsOf = ({ amount, currency }: Money): number => amount / 10 ** currencyRules(currency).digits
