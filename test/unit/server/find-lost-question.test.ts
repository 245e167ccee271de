import { describe, expect, it } from 'vitest'
import { findLostQuestion } from '../../../src/server/find-lost-question'

describe('what would be left out of a query', () => {
  it.each([
    ['?where[constructor][equals]=1', 'constructor is no field.'],
    ['?where[or][0][__proto__][x]=1', '__proto__ is no field.'],
    ['?select[toString]=true', 'toString is no field.'],
    ['?where[id][equals=1', 'must be written with each part in brackets'],
    ['?where[id]equals=1', 'must be written with each part in brackets'],
    ['?where%5Bconstructor%5D%5Bequals%5D=1', 'constructor is no field.'],
    [`?${'a=1&'.repeat(1_000)}where[id][equals]=1`, 'has 1001 parameters'],
    [`?${'&'.repeat(1_000)}where[id][equals]=1`, 'has 1001 parameters'],
  ])('%.60s is said', (search, words) => {
    expect(findLostQuestion(search)).toContain(words)
  })

  it.each([
    '',
    '?where[or][0][name][equals]=Ada&sort=-createdAt',
    '?where=abc',
    '?sort[]=name',
    '?whereabouts]=1',
    '?where.x=1',
  ])('%j is left to whoever reads it', (search) => expect(findLostQuestion(search)).toBeUndefined())
})
