import type { FlattenedField } from 'payload'
import { expect, test } from 'vitest'
import { findKindFaults } from '#database/find-kind-faults'
import { findNodeFault } from '#database/find-node-fault'
import { richTextBounds } from '#database/read-rich-text'

const field = (type: string, more: object = {}): FlattenedField =>
  ({ name: 'x', type, ...more }) as unknown as FlattenedField
const messageOf = (of: FlattenedField, x: unknown): string | undefined => findKindFaults([of], { x })[0]?.message

test.each<[FlattenedField, fine: unknown[], others: unknown[]]>([
  [field('text'), ['', 'a', null], [5, {}, [], ['a'], true]],
  [field('text', { hasMany: true }), [[], ['a'], null], ['a', [null], [{}], {}]],
  [field('number'), [0, -1.5, '7', ''], [{}, [], true, 'x', Infinity]],
  [field('checkbox'), [true, false, 'true', ''], [{}, [], 5, 'x']],
  [field('date'), ['2030-01-01', new Date(0)], [5, {}, [], true]],
  [field('select'), ['a'], [5, {}, ['a'], true]],
  [field('select', { hasMany: true }), [[], ['a']], ['a', {}, [null]]],
  [field('relationship', { relationTo: 'a' }), ['1', 1, { id: '1' }, '', 'none'], [true, {}, [], ['1'], { id: {} }]],
  [field('relationship', { relationTo: 'a', hasMany: true }), [[], ['1', { id: '1' }], ''], ['1', [null], {}]],
  [
    field('relationship', { relationTo: ['a', 'b'] }),
    [
      { relationTo: 'a', value: '1' },
      { relationTo: 'a', value: { id: '1' } },
    ],
    ['1', { value: '1' }, { relationTo: 'a', value: {} }],
  ],
  [field('group', { flattenedFields: [] }), [{}, { y: 1 }], [[], 5, 'x']],
  [field('array', { flattenedFields: [] }), [[], [{}], 0, '0'], ['x', {}, 5, [null], [[]]]],
  [field('json'), [{}, [], 5, 'x'], []],
])('%j takes its own kinds alone', (of, fine, others) => {
  for (const value of fine) expect([value, messageOf(of, value)]).toEqual([value, undefined])
  for (const value of others) expect([value, messageOf(of, value)]).toEqual([value, expect.stringContaining('must ')])
})

test('says where, within groups and rows, and takes names that JavaScript knows for no values', () => {
  const rows = field('array', { flattenedFields: [field('group', { flattenedFields: [field('text')] })] })
  expect(findKindFaults([rows], { x: [{}, { x: { x: 5 } }] })).toEqual([{ path: 'x.1.x.x', message: 'must be text' }])
  expect(findKindFaults([field('text', { name: 'constructor' })], {})).toEqual([])
})

test('follows the nodes of rich text no deeper than they may be', () => {
  const nested = (depth: number): object => (depth ? { children: [nested(depth - 1)] } : { children: [] })
  expect(findNodeFault({ root: nested(richTextBounds.depth) }, 'bio')).toBeUndefined()
  expect(findNodeFault({ root: nested(2_000) }, 'bio')?.message).toContain('levels deep')
  expect(findNodeFault({ root: { children: [{}, null] } }, 'bio')?.path).toBe('bio.root.children.1')
  expect(findNodeFault('{"root":{"children":[5]}}', 'bio')?.path).toBe('bio.root.children.0')
  for (const other of ['x', 5, {}, { root: 5 }]) expect(findNodeFault(other, 'bio')).toBeUndefined()
})
