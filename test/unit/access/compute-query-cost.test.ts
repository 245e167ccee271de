import { describe, expect, test } from 'vitest'
import { addCosts, computeCostRefusal, computeQueryCost, type Question } from '#access/compute-query-cost'

const page: Question = { kind: 'list', compared: [], sortHops: [], limit: 10, filledIn: 0, lists: [] }
const word = { hops: 0, words: 1, values: 1 }
const costOf = (question: Partial<Question>): number => computeQueryCost({ ...page, ...question }).total

describe('what a question costs grows', () => {
  const one = { ...page, compared: [word] }
  test.each<[what: string, less: Partial<Question>, more: Partial<Question>]>([
    ['with its conditions', one, { compared: [word, word] }],
    ['with the words that are looked for', one, { compared: [{ ...word, words: 2 }] }],
    ['with the relations that lie between', one, { compared: [{ ...word, hops: 1 }] }],
    ['with the values of a list', one, { compared: [{ ...word, values: 1_000 }] }],
    ['with the fields that are sorted by', { sortHops: [0] }, { sortHops: [0, 0] }],
    ['with the relations that are sorted through', { sortHops: [0] }, { sortHops: [1] }],
    ['with the records', { limit: 10 }, { limit: 200 }],
    ['with what is filled in', { filledIn: 1 }, { filledIn: 6 }],
    ['with the lists within each record', {}, { lists: [{ compared: [], sortHops: [], limit: 10 }] }],
    ['with what such a list looks for', { lists: [{ ...page }] }, { lists: [{ ...page, compared: [word] }] }],
    ['for a list, which is counted as well', { ...one, kind: 'distinct', limit: 0 }, { ...one, limit: 1 }],
    ['for a change, beside reading', { kind: 'record', limit: 1 }, { kind: 'change', limit: 1 }],
  ])('%s', (_, less, more) => {
    expect(costOf(more)).toBeGreaterThan(costOf(less))
  })

  test('and a count costs the same whatever a page would hold', () => {
    expect(costOf({ kind: 'count', limit: 200, filledIn: 9 })).toBe(costOf({ kind: 'count', limit: 1 }))
  })

  test('and several questions cost what they cost together', () => {
    const one = computeQueryCost(page)
    expect(addCosts([one, one, one]).total).toBe(3 * one.total)
    expect(addCosts([]).total).toBe(0)
  })
})

describe('a refusal', () => {
  test('is none up to the bound', () => {
    expect(computeCostRefusal({ total: 500, search: 1, records: 499 }, 500)).toBeUndefined()
  })

  test('says what it costs, what it may cost, and to take out of the search what costs most there', () => {
    const said = computeCostRefusal({ total: 900.2, search: 800.1, records: 100.1 }, 500)
    expect(said).toMatch(/would cost 901, and may cost 500: 801 for finding records, 101 for the records/)
    expect(said).toMatch(/Take conditions out of where/)
  })

  test('or of the records, where they cost more', () => {
    expect(computeCostRefusal({ total: 900, search: 100, records: 800 }, 500)).toMatch(/fewer records with limit/)
  })
})
