import { expect, it } from 'vitest'
import { adminWords } from '../../../src/app/(payload)/admin-components/words/admin-words'
import { plainText } from '../../../src/app/(payload)/admin-components/lib/plain-text'

it.each([
  [[30, 60, 90], '30, 60, 90'],
  [true, 'Yes'],
  [false, 'No'],
  [null, '–'],
  [undefined, '–'],
  ['', '–'],
  [[], '–'],
  ['words', undefined],
  [0, undefined],
  [['admin', 'operations'], undefined],
])('a list shows %j as %j', (value, text) => {
  expect(plainText(value, adminWords('en').say)).toBe(text)
})

it('in German as well', () => {
  expect(plainText(true, adminWords('de').say)).toBe('Ja')
})
