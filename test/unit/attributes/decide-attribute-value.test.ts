import { expect, it } from 'vitest'
import type { AttributeDefinition } from '#attributes/attribute-definition'
import { decideAttributeValue } from '#attributes/decide-attribute-value'
import { definitionOf } from '../../support/attribute-definition'

const options = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }))

it.each<[Partial<AttributeDefinition>, unknown, unknown]>([
  [{ type: 'text' }, '  Ada ', 'Ada'],
  [{ type: 'text', min: 2, max: 3 }, '👋🏽x', '👋🏽x'],
  [{ type: 'long_text' }, 'two\nlines', 'two\nlines'],
  [{ type: 'number', min: -1, max: 2 }, 1.5, 1.5],
  [{ type: 'number' }, 0, 0],
  [{ type: 'checkbox' }, false, false],
  [{ type: 'date' }, '2028-02-29', '2028-02-29'],
  [{ type: 'select', options }, 'b', 'b'],
  [{ type: 'multi_select', options, min: 1, max: 2 }, ['c', 'a'], ['a', 'c']],
  [{ type: 'email' }, ' Ada@Example.COM ', 'ada@example.com'],
  [{ type: 'url' }, 'https://example.com/a?b=c', 'https://example.com/a?b=c'],
])('%j takes %j', (definition, sent, value) => {
  expect(decideAttributeValue(definitionOf(definition), sent)).toEqual({ value })
})

it.each<[Partial<AttributeDefinition>, unknown, string]>([
  [{ type: 'text' }, 1, 'must be text'],
  [{ type: 'text' }, 'two\nlines', 'must be one line'],
  [{ type: 'text', min: 3 }, 'ab', 'must be at least 3 characters long'],
  [{ type: 'text', max: 500 }, 'x'.repeat(201), 'must be at most 200 characters long'],
  [
    { type: 'long_text' },
    'a\u202Eb',
    'must not contain control characters, or characters that hide or turn around text',
  ],
  [{ type: 'long_text' }, '\uD800', 'must not contain control characters, or characters that hide or turn around text'],
  [{ type: 'long_text' }, 'x'.repeat(5_001), 'must be at most 5000 characters long'],
  [{ type: 'number' }, '1', 'must be a number'],
  [{ type: 'number' }, NaN, 'must be a number'],
  [{ type: 'number' }, 1e300, 'must lie between -1000000000000000 and 1000000000000000'],
  [{ type: 'number', min: 3 }, 2, 'must be at least 3'],
  [{ type: 'checkbox' }, 'true', 'must be true or false'],
  [{ type: 'checkbox', required: true }, false, 'must be agreed to'],
  [{ type: 'date' }, '2027-02-29', 'must be a date such as 2030-01-31'],
  [{ type: 'date' }, '2027-02-01T10:00:00Z', 'must be a date such as 2030-01-31'],
  [{ type: 'select', options }, 'd', 'must be one of a, b, c'],
  [{ type: 'select', options }, ['a'], 'must be one of a, b, c'],
  [{ type: 'multi_select', options }, 'a', 'must be a list of a, b, c'],
  [{ type: 'multi_select', options }, ['a', 'a'], 'must name each choice once'],
  [{ type: 'multi_select', options, max: 1 }, ['a', 'b'], 'must be at most 1 choices'],
  [{ type: 'email' }, 'nobody', 'must be an e-mail address'],
  [{ type: 'url' }, 'javascript:alert(1)', 'must be an address that begins with http:// or https://'],
])('%j refuses %j', (definition, sent, fault) => {
  expect(decideAttributeValue(definitionOf(definition), sent)).toEqual({ fault })
})
