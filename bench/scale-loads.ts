import type { Load } from './load'

const dayMs = 86_400_000

const inDays = (days: number): string =>
  new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + days * dayMs).toISOString()

/** A load by its name, and what is wanted of it: `ratio`, p95 of the large database to that of the small one, at most. */
export type ScaleLoad = Load & { group: ScaleGroup; ratio: number }

export const scaleGroups = ['slots', 'directory', 'booking', 'lists'] as const
type ScaleGroup = (typeof scaleGroups)[number]

/** As `bench/seed.ts` names its consultants and their service. */
const listed = Array.from({ length: 12 }, (_, n) => `listed-${n}`)
export const bookable = Array.from({ length: 12 }, (_, n) => `open-${n}`)
export const freeService = 'bench-call'

const slots = (): Load => {
  let turn = 0
  return {
    path: () =>
      `/api/booking/slots?consultant=${listed[turn++ % listed.length]}&serviceType=${freeService}&start=${inDays(3).slice(0, 10)}&end=${inDays(9).slice(0, 10)}&timeZone=Europe%2FBerlin`,
  }
}

const searches = (): Record<string, string> => ({
  search: '',
  'search by words': 'q=advice%20tax',
  'search, one afternoon': `availableFrom=${inDays(4)}&availableTo=${inDays(4.2)}`,
  'search, 30 days': `availableFrom=${inDays(1)}&availableTo=${inDays(31)}`,
  'search, words and 30 days': `q=advice%20tax&availableFrom=${inDays(1)}&availableTo=${inDays(31)}`,
  'search, availableFrom alone': `availableFrom=${inDays(7)}`,
  'search, next available first': 'sort=next_available',
  'search, of one service': `serviceType=scale-call&availableFrom=${inDays(1)}&availableTo=${inDays(31)}`,
})

/** As the admin asks: `filter` is a query that somebody picks above the list, or what they type into its field. */
const lists: Record<string, { collection: string; filters: Record<string, string> }> = {
  sessions: {
    collection: 'scheduled-sessions',
    filters: {
      'of a state': 'where[status][equals]=completed',
      'of a rare state': 'where[status][equals]=no_show_user',
      'by reference': 'where[reference][like]=PY-0000000042',
      'by start': 'sort=startsAt',
    },
  },
  'slot records': {
    collection: 'availability-slots',
    filters: { booked: 'where[status][equals]=booked', free: 'where[status][equals]=available' },
  },
  payments: {
    collection: 'payments',
    filters: { refunded: 'where[status][equals]=refunded', 'by amount': 'sort=-amount' },
  },
  customers: {
    collection: 'customers',
    filters: {
      'by words': 'where[or][0][name][like]=guest%20742&where[or][1][email][like]=guest%20742',
      'by name': 'sort=name',
    },
  },
  notifications: {
    collection: 'notifications',
    filters: { failed: 'where[delivery.state][equals]=failed', 'of a kind': 'where[kind][equals]=booking_reminder' },
  },
  'ledger entries': {
    collection: 'ledger-entries',
    filters: { 'of a kind': 'where[kind][equals]=charge', refunds: 'where[kind][equals]=refund' },
  },
}

/**
 * What is asked of a database of so many sessions; the deep page of each list lies in its middle. Names are the same for every size.
 * @param headers of somebody of staff.
 */
export const scaleLoads = ({
  headers,
  counts,
  booking,
}: {
  headers: Record<string, string>
  /** Records of each collection. */
  counts: (collection: string) => number
  booking: () => unknown
}): Map<string, ScaleLoad> => {
  const loads = new Map<string, ScaleLoad>()
  loads.set('slots', { ...slots(), group: 'slots', ratio: 1.1 })
  for (const [name, query] of Object.entries(searches())) {
    loads.set(name, { path: `/api/booking/consultants?${query}`, group: 'directory', ratio: 3 })
  }
  for (const [name, { collection, filters }] of Object.entries(lists)) {
    const path = (query: string) => `/api/${collection}?limit=10&depth=0${query && `&${query}`}`
    const list = { headers, group: 'lists', ratio: 3 } as const
    loads.set(name, { ...list, path: path('') })
    loads.set(`${name}, a deep page`, { ...list, path: path(`page=${Math.ceil(counts(collection) / 20)}`), ratio: 20 })
    for (const [filter, query] of Object.entries(filters))
      loads.set(`${name}, ${filter}`, { ...list, path: path(query) })
  }
  loads.set('booking', { path: '/api/booking/sessions', body: booking, group: 'booking', ratio: 1.3 })
  return loads
}
