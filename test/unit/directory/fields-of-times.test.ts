import type { Field, Tab } from 'payload'
import { describe, expect, it } from 'vitest'
import { AvailabilitySchedules } from '#collections/AvailabilitySchedules'
import { BookingSettings } from '#collections/BookingSettings'
import { ConsultantProfiles } from '#collections/ConsultantProfiles'
import { ServiceTypes } from '#collections/ServiceTypes'
import { fieldsOfTimes } from '#directory/published-slots/fields-of-times'
import { isChangeOfTimes } from '#directory/published-slots/is-change-of-times'

type Named = { name: string; fields: Named[] }

/** The names of fields as a document has them: rows, tabs without a name and the like are none. */
const namesIn = (fields: readonly (Field | Tab)[]): Named[] =>
  fields.flatMap((field): Named[] => {
    if ('tabs' in field) return namesIn(field.tabs)
    const inner = 'fields' in field ? namesIn(field.fields) : []
    if (!('name' in field) || typeof field.name !== 'string') return inner
    // What is only shown.
    if ('type' in field && field.type === 'ui') return []
    const isGroup = 'type' in field ? field.type === 'group' : true
    return 'virtual' in field && field.virtual ? [] : [{ name: field.name, fields: isGroup ? inner : [] }]
  })

describe.each([ServiceTypes, ConsultantProfiles, AvailabilitySchedules, BookingSettings])(
  'the fields of $slug',
  ({ slug, fields }) => {
    it('all say whether they touch the times that are offered', () => {
      const table: Readonly<Record<string, string | Readonly<Record<string, string>>>> =
        fieldsOfTimes[slug as keyof typeof fieldsOfTimes]
      const missing = namesIn(fields).flatMap((field) => {
        const touches = table[field.name]
        if (touches === undefined) return [field.name]
        if (typeof touches === 'string') return []
        return field.fields.flatMap(({ name }) => (name in touches ? [] : [`${field.name}.${name}`]))
      })
      expect(missing).toEqual([])
    })
  },
)

describe('a change of times', () => {
  const before = { name: 'Talk', sortOrder: 1, durations: [30], prices: [{ id: 'a', amount: 100 }], isActive: true }

  it('is none where only other fields change, or one is written as it was', () => {
    expect(isChangeOfTimes('service-types', before, { ...before, sortOrder: 2, name: 'Chat' })).toBe(false)
    expect(isChangeOfTimes('service-types', { ...before, isFree: null }, { durations: [30], isFree: null })).toBe(false)
    expect(isChangeOfTimes('service-types', before, { ...before, isFree: null })).toBe(false)
  })

  it.each([{ durations: [30, 60] }, { prices: [{ id: 'a', amount: 200 }] }, { isActive: false }, { isFree: true }])(
    'is %o',
    (change) => {
      expect(isChangeOfTimes('service-types', before, { ...before, ...change })).toBe(true)
    },
  )

  it('is looked for within a group', () => {
    const consulting = { basePrice: 100, meetingUrl: 'https://a.example' }
    const change = (part: object) =>
      isChangeOfTimes('consultant-profiles', { consulting }, { consulting: { ...consulting, ...part } })
    expect(change({ meetingUrl: 'https://b.example' })).toBe(false)
    expect(change({ basePrice: 200 })).toBe(true)
  })

  it('is every new document', () => {
    expect(isChangeOfTimes('availability-schedules', undefined, { name: 'A' })).toBe(true)
    expect(isChangeOfTimes('availability-schedules', {}, { name: 'A' })).toBe(true)
  })
})
