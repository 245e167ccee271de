import {
  defaultDurationOf,
  majorUnitsOf,
  offeredDurations,
  type PricedConsultant,
  type PricedServiceType,
  priceFor,
} from '#availability/offers/offered-prices'
import { toSearchKey } from './to-search-key'

/** What a profile says about itself, and what it offers. */
export type DirectoryFacts = {
  name: string | null
  headline: string | null
  bioText: string | null
  specialties: string[]
  languages: string[]
  consulting: PricedConsultant
  serviceTypes: (PricedServiceType & { id: string })[]
}

export type DirectoryOffer = {
  serviceTypeId: string
  durationMinutes: number
  amount: number
  currency: string
  /** The same in whole units (pounds, yen). */
  major: number
}

/** Search keys (see `toSearchKey`), and the price of each offer in its default length. */
export type DirectoryEntry = {
  nameKey: string
  /** Name, headline and specialties. */
  headingKey: string
  /** All that is searched. */
  searchKey: string
  specialties: string[]
  languages: string[]
  offers: DirectoryOffer[]
}

/** More of a text is not searched. */
const searchedCharacters = 20_000

const toOffer = (
  serviceType: PricedServiceType & { id: string },
  consultant: PricedConsultant,
): DirectoryOffer | undefined => {
  const durationMinutes = defaultDurationOf(serviceType, offeredDurations(serviceType, consultant))
  if (durationMinutes === undefined) return undefined
  const price = priceFor(serviceType, consultant, durationMinutes)
  return { serviceTypeId: serviceType.id, durationMinutes, ...price, major: majorUnitsOf(price) }
}

/** What the directory keeps of a profile, to be searched and sorted by. */
export const computeDirectoryEntry = (facts: DirectoryFacts): DirectoryEntry => {
  const { name, headline, bioText, specialties, languages, consulting, serviceTypes } = facts
  const heading = [name, headline, ...specialties].filter(Boolean).join(' ')
  return {
    nameKey: toSearchKey(name ?? ''),
    headingKey: toSearchKey(heading),
    searchKey: toSearchKey(`${heading} ${(bioText ?? '').slice(0, searchedCharacters)}`),
    specialties: specialties.map(toSearchKey),
    languages: languages.map(toSearchKey),
    offers: serviceTypes.flatMap((serviceType) => toOffer(serviceType, consulting) ?? []),
  }
}
