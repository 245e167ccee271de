import { describe, expect, it } from 'vitest'
import { readSearchTerms } from '#desk/search/read-search-terms'

describe('what is looked for', () => {
  it.each([
    ['py-7kq2m9xb', 'PY-7KQ2M9XB'],
    [' PY 7KQ2 M9XB ', 'PY-7KQ2M9XB'],
    ['py7kq2m9xb', 'PY-7KQ2M9XB'],
    ['PY–7KQ2M9XB', 'PY-7KQ2M9XB'],
  ])('%j may be the reference %s', (question, reference) => {
    expect(readSearchTerms(question).reference).toBe(reference)
  })

  it.each([
    ['+49 (0)170 / 1234-567', ['491701234567']],
    ['0170 1234567', ['1701234567']],
    ['Ada Lovelace', ['ada', 'lovelace']],
    ['ada  ADA', ['ada']],
    ['Jo Li', []],
    ['Jo Lim', ['jo', 'lim']],
    ['j.d a-b', []],
    ['%%% ___', []],
    ['u\u0308u\u0308', []],
    ['j.doe', ['j.doe']],
    ['12', []],
    ['', []],
    ['a b c d e f ghi', ['a', 'b', 'c', 'd', 'e', 'f']],
  ])('%j has the words %j', (question, words) => {
    expect(readSearchTerms(question).words).toEqual(words)
  })

  it('keeps ids of providers as they are', () => {
    expect(readSearchTerms(' pi_3Abc_DEF ').whole).toBe('pi_3Abc_DEF')
  })
})
