import { expect, it } from 'vitest'
import type { AttributeReader } from '#attributes/attribute-kinds'
import { type AttributeViewer, isFilterable, isReadable, isWritable } from '#attributes/decide-attribute-access'
import { computeAttributeDetails } from '#attributes/compute-attribute-details'
import { definitionOf } from '../../support/attribute-definition'

const viewers: AttributeViewer[] = ['staff', [], ['customer'], ['consultant'], ['consultant', 'customer']]

it.each<[AttributeReader[], boolean[]]>([
  [[], [true, false, false, false, false]],
  [['customer'], [true, false, true, false, true]],
  [['consultant'], [true, false, false, true, true]],
  [['public'], [true, true, true, true, true]],
])('read by %j', (readableBy, expected) => {
  expect(viewers.map((viewer) => isReadable({ readableBy }, viewer))).toEqual(expected)
})

it.each<[AttributeReader[], boolean[]]>([
  [[], [true, false, false, false, false]],
  [['customer'], [true, false, true, false, false]],
  [['consultant'], [true, false, false, true, false]],
  [
    ['customer', 'consultant'],
    [true, false, true, true, true],
  ],
  [['public'], [true, true, true, true, true]],
])('filtered by, where read by %j: only who reads it of every record', (readableBy, expected) => {
  expect(viewers.map((viewer) => isFilterable({ readableBy }, viewer))).toEqual(expected)
  expect(isFilterable({ readableBy }, ['stranger'])).toBe(readableBy.includes('public'))
})

it.each<[('customer' | 'consultant')[], boolean[]]>([
  [[], [true, false, false, false, false]],
  [['customer'], [true, false, true, false, true]],
  [
    ['customer', 'consultant'],
    [true, false, true, true, true],
  ],
])('set by %j', (writableBy, expected) => {
  expect(viewers.map((viewer) => isWritable({ writableBy }, viewer))).toEqual(expected)
})

it('mails say what is meant for them, choices in their words', () => {
  const options = [{ value: 'a', label: 'Apple' }]
  const told = { isInMessages: true, readableBy: ['customer' as const] }
  const definitions = [
    definitionOf({ key: 'fruit', label: 'Fruit', type: 'select', options, ...told }),
    definitionOf({ key: 'day', label: 'Day', type: 'date', ...told }),
    definitionOf({ key: 'unsaid', readableBy: ['customer'] }),
    definitionOf({ key: 'hosts', isInMessages: true, readableBy: ['consultant'] }),
    definitionOf({ key: 'none', ...told }),
  ]
  const records = { 'scheduled-sessions': { fruit: 'a', day: '2030-01-31', unsaid: 'x', hosts: 'x', odd: {} } }
  expect(computeAttributeDetails(records, definitions, ['customer'])).toEqual([
    { label: 'Fruit', value: 'Apple', isDate: false },
    { label: 'Day', value: '2030-01-31', isDate: true },
  ])
})
