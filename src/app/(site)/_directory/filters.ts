import type { ConsultantQuery } from '../_lib/api'
import { dateOf, endOfDay } from '../_lib/dates'
import type { SiteWords } from '../_words/en'

/** The filters of the directory, as they stand in its address: so they survive reload, sharing and the back button. */
export type Filters = {
  q: string
  specialty: string
  language: string
  service: string
  /** Minor units, as text; empty for any price. */
  maxPrice: string
  freeToday: boolean
  sort: string
  page: number
}

export const pageSize = 12

/** Prices of different currencies cannot be compared; the limits that are offered are in this one. */
export const priceCurrency = 'GBP'

const pageOf = (text: string | null): number => (text !== null && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1)

export const readFilters = (search: Pick<URLSearchParams, 'get'>): Filters => ({
  q: search.get('q') ?? '',
  specialty: search.get('specialty') ?? '',
  language: search.get('language') ?? '',
  service: search.get('service') ?? '',
  maxPrice: search.get('maxPrice') ?? '',
  freeToday: search.get('today') === '1',
  sort: search.get('sort') ?? '',
  page: pageOf(search.get('page')),
})

/** The address of the directory with these filters; what is not set is left out. */
export const filtersUrl = ({ freeToday, page, ...texts }: Filters): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(texts)) if (value.trim()) search.set(name, value.trim())
  if (freeToday) search.set('today', '1')
  if (page > 1) search.set('page', String(page))
  return search.size > 0 ? `/?${search}` : '/'
}

export const hasFilters = ({ q, specialty, language, service, maxPrice, freeToday }: Filters): boolean =>
  [q, specialty, language, service, maxPrice].some((value) => value !== '') || freeToday

type Sort = keyof SiteWords['directory']['sorts']

const sorts: readonly string[] = ['relevance', 'rating', 'price', 'next_available', 'name'] satisfies Sort[]

const isSort = (text: string): text is Sort => sorts.includes(text)

const isPrice = (text: string): boolean => /^\d{1,9}$/.test(text)

/** "Today" ends at midnight where the visitor is. */
export const toConsultantQuery = (
  filters: Filters,
  { now, timeZone }: { now: number; timeZone: string },
): ConsultantQuery => ({
  q: filters.q || undefined,
  specialty: filters.specialty || undefined,
  language: filters.language || undefined,
  serviceType: filters.service || undefined,
  maxPrice: isPrice(filters.maxPrice) ? Number(filters.maxPrice) : undefined,
  currency: isPrice(filters.maxPrice) ? priceCurrency : undefined,
  availableFrom: filters.freeToday ? new Date(now).toISOString() : undefined,
  availableTo: filters.freeToday ? endOfDay(dateOf(now, timeZone), timeZone) : undefined,
  sort: isSort(filters.sort) ? filters.sort : undefined,
  page: filters.page,
  limit: pageSize,
})
