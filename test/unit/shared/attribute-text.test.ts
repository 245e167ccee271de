import { expect, it } from 'vitest'
import { attributeText } from '#shared/attribute-text'

const options = [
  { value: 'a', label: 'First' },
  { value: 'b', label: 'Second' },
]

it.each([
  ['select', 'b', 'Second'],
  ['select', 'gone', 'gone'],
  ['multi_select', ['a', 'b'], 'First, Second'],
  ['multi_select', [], ''],
  ['date', '2026-03-01', '1 Mar 2026'],
  ['date', 'soon', 'soon'],
  ['checkbox', true, 'Yes'],
  ['checkbox', false, 'No'],
  ['number', 0, '0'],
  ['text', null, ''],
  ['text', undefined, ''],
])('of type %s, %o is said as "%s"', (type, value, text) => {
  expect(attributeText({ type, options }, value)).toBe(text)
})
