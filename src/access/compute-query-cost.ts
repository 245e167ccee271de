/** A comparison that PostgreSQL makes for each record. */
export type Compared = {
  /** Other tables that the path leads through: relations, and lists that have a table of their own. */
  hops: number
  /** Texts that are looked for within others, which no index answers. */
  words: number
  /** Values of a list, as of `in`. */
  values: number
}

/** Which records are looked for, and in which order. */
export type Search = {
  compared: readonly Compared[]
  /** Of each field that is sorted by, the other tables that its path leads through. */
  sortHops: readonly number[]
}

/** A question to the generated API, as far as it costs something. */
export type Question = Search & {
  kind: 'list' | 'record' | 'count' | 'distinct' | 'change'
  /** How many records it answers, or changes, at most. */
  limit: number
  /** How many other records are filled in for each of them. */
  filledIn: number
  /** Lists within each of them: each is a question of its own. */
  lists: readonly (Search & { limit: number })[]
}

export type QueryCost = { total: number; search: number; records: number }

/**
 * How long the parts of a question take, about, in milliseconds with 5,000 records in each table; what is looked for within a larger one takes
 * longer, and is ended by the time that a statement may take. Each table that is joined makes each other one dearer: `joinedHop` counts for every pair.
 */
const unit = {
  statement: 1,
  comparison: 1.5,
  word: 10,
  value: 0.05,
  sort: 5,
  hop: 10,
  joinedHop: 1,
  record: 1.5,
  filledIn: 0.5,
  /** Of a list within a record, which is seldom as long as it may be. */
  listed: 0.2,
  change: 10,
} as const

/** A list is looked for twice: which records are on the page, and how many there are. */
const searches = { list: 2, record: 1, count: 1, distinct: 2, change: 2 } as const

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

const costOfSearch = ({ compared, sortHops }: Search): number => {
  const hops = sum(compared.map((one) => one.hops)) + sum(sortHops)
  return (
    sum(compared.map(({ words, values }) => unit.comparison + words * unit.word + values * unit.value)) +
    sortHops.length * unit.sort +
    hops * (unit.hop + hops * unit.joinedHop)
  )
}

/** What a question costs, before anything is asked of PostgreSQL: the search for the records, and the records themselves with what is filled in. */
export const computeQueryCost = (question: Question): QueryCost => {
  const { kind, limit, filledIn, lists } = question
  const search = searches[kind] * (unit.statement + costOfSearch(question))
  const within = sum(lists.map((list) => unit.statement + costOfSearch(list) + Math.max(1, list.limit) * unit.listed))
  const each = (kind === 'change' ? unit.change : unit.record) + filledIn * unit.filledIn + within
  const records = kind === 'count' ? 0 : limit * each
  return { total: search + records, search, records }
}

/** What one field of a GraphQL query costs for each record that it stands in: another record, filled in. */
export const filledInCost = unit.filledIn

/** The costs of several questions of one request. */
export const addCosts = (costs: readonly QueryCost[]): QueryCost => ({
  total: sum(costs.map(({ total }) => total)),
  search: sum(costs.map(({ search }) => search)),
  records: sum(costs.map(({ records }) => records)),
})

/** Why a request that costs so much is refused, and what to take out; undefined where it is within its bound. */
export const computeCostRefusal = ({ total, search, records }: QueryCost, bound: number): string | undefined => {
  if (total <= bound) return undefined
  const advice =
    search >= records
      ? 'Take conditions out of where, above all words that are looked for and paths through relations, or sort by a field of the records themselves'
      : 'Ask for fewer records with limit, for less within them with depth=0 or select, or in several requests'
  return `The query would cost ${Math.ceil(total)}, and may cost ${bound}: ${Math.ceil(search)} for finding records, ${Math.ceil(records)} for the records and what is filled in. ${advice}.`
}
