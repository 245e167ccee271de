import { describe, expect, test } from 'vitest'
import { findDocumentFault } from '#server/find-document-fault'

const faultOf = (query: string): string | undefined => findDocumentFault(JSON.stringify({ query }))

/** Fragments each of which holds the next one twice. */
const doubling = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => {
    const held = level + 1 < levels ? `...F${level + 1} ...F${level + 1}` : '__typename'
    return `fragment F${level} on Query { ${held} }`
  }).join(' ')

describe('a GraphQL document', () => {
  test.each([
    ['{ a { b } }'],
    ['query { ...A ...A } fragment A on Query { a { ...B } } fragment B on A { b }'],
    [`{ ...F0 } ${doubling(5)}`],
    [`{ ${'a '.repeat(1_900)} }`],
    ['no query {{'],
    [''],
  ])('%# is left to GraphQL', (query) => {
    expect(faultOf(query)).toBeUndefined()
  })

  test.each([
    ['query { ...A } fragment A on Query { ...A }'],
    ['query { a } fragment A on Query { ...B } fragment B on Query { a { ...A } }'],
  ])('whose fragments lead back to themselves is refused: %s', (query) => {
    expect(faultOf(query)).toMatch(/within itself/)
  })

  test('whose fragments multiply is refused without following them', () => {
    expect(faultOf(`{ ...F0 } ${doubling(60)}`)).toMatch(/may name 2000/)
  })

  test('that is too long is refused', () => {
    expect(faultOf(`{ ${'a '.repeat(2_100)} }`)).toMatch(/names 2100 fields/)
    expect(faultOf(`{ ${'a '.repeat(100_000)} }`)).toMatch(/at most 20000 words/)
  })

  test('that is none is left to who reads it', () => {
    for (const body of ['', 'null', '[]', '{"query": 1}', '{']) expect(findDocumentFault(body)).toBeUndefined()
  })
})
