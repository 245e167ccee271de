import { expect, it } from 'vitest'
import type { AttributeType } from '#attributes/attribute-kinds'
import { attributeOperators, decideAttributeFilter } from '#attributes/decide-attribute-filter'

it.each<[AttributeType, string, unknown, unknown]>([
  ['number', 'equals', ' -1.5e2 ', -150],
  ['number', 'in', '1,2', [1, 2]],
  ['checkbox', 'equals', 'false', false],
  ['text', 'equals', '007', '007'],
  ['text', 'in', ['a,b', 'c'], ['a,b', 'c']],
  ['date', 'less_than', '2030-01-31', '2030-01-31'],
  ['email', 'equals', 'Ada@Example.com', 'ada@example.com'],
  ['multi_select', 'contains', 'a', 'a'],
  ['text', 'exists', 'false', false],
])('%s %s %j is asked with its type', (type, operator, operand, value) => {
  expect(decideAttributeFilter({ type }, operator, operand)).toEqual({ value })
})

it.each<[AttributeType, string, unknown]>([
  ['number', 'equals', '0x10'],
  ['number', 'equals', ''],
  ['number', 'equals', 'Infinity'],
  ['number', 'equals', '1e999'],
  ['number', 'equals', { valueOf: 1 }],
  ['number', 'in', '1,two'],
  ['number', 'in', Array.from({ length: 201 }, () => 1)],
  ['text', 'equals', null],
  ['text', 'equals', { equals: 'x' }],
  ['text', 'equals', 'a\u0000b'],
  ['text', 'equals', '\uD800'],
  ['text', 'equals', 'x'.repeat(5_001)],
  ['text', 'greater_than', 'a'],
  ['text', 'toString', 'a'],
  ['date', 'equals', '2030-01-31T00:00:00Z'],
  ['checkbox', 'equals', 1],
  ['checkbox', 'in', 'true'],
  ['text', 'exists', 'perhaps'],
])('%s %s %j is refused with a reason', (type, operator, operand) => {
  expect(decideAttributeFilter({ type }, operator, operand).fault).toBeTypeOf('string')
})

it('every operator of every type is one that Payload has', async () => {
  const { validOperatorSet } = await import('payload/shared')
  for (const operator of Object.values(attributeOperators).flat()) expect([...validOperatorSet]).toContain(operator)
})
