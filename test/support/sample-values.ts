import { randomUUID } from 'node:crypto'
import type { FlattenedField } from 'payload'

/** What was put where: every planted value is found in nothing but its own field. */
export type Planted = { value: string; path: string; owner: string }

type Sampler = { owner: string; collection: string; planted: Planted[] }

let counter = 0

const fixed: Readonly<Record<string, string>> = {
  timeZone: 'Europe/Berlin',
  language: 'en',
  rrule: 'FREQ=MONTHLY;BYDAY=1MO',
  startTime: '09:00',
  endTime: '17:00',
  key: 'question',
  cardLast4: '4242',
  country: 'GB',
}

const addresses = /^(url|website|joinUrl|hostUrl|actionUrl|successUrl|cancelUrl|recordingUrl|receiptUrl|feedUrl)$/

const textFor = (name: string): string => {
  const code = `mark${String(++counter).padStart(5, '0')}end`
  if (name === 'slug') return code
  if (name === 'phone') return `+4470${String(counter).padStart(7, '0')}`
  if (/email/i.test(name)) return `${code}@mark.example`
  if (addresses.test(name)) return `https://mark.example/${code}`
  return code
}

/** One valid value for a field; undefined where the field can be left to its default. */
const sampleValue = (field: FlattenedField, path: string, sampler: Sampler): unknown => {
  const plant = (): string => {
    const value = textFor(field.name)
    sampler.planted.push({ value, path: `${sampler.collection}.${path}`, owner: sampler.owner })
    return value
  }
  switch (field.type) {
    case 'text':
      if (field.name in fixed) return fixed[field.name]
      return field.hasMany ? [plant()] : plant()
    case 'textarea':
    case 'email':
    case 'code':
      return plant()
    case 'json':
      return { planted: plant() }
    case 'group':
    case 'tab':
      return sampleFields(field.flattenedFields, sampler, path)
    case 'array':
      return [{ ...sampleFields(field.flattenedFields, sampler, path), id: randomUUID() }]
    case 'number':
      return field.hasMany ? undefined : Math.max(field.min ?? 0, 1)
    case 'select': {
      const option = field.options[0]
      const value = typeof option === 'object' ? option.value : option
      return field.hasMany ? [value] : value
    }
    case 'date':
      return '2026-05-04T10:00:00.000Z'
    default:
      return undefined
  }
}

const internal = /^(id|createdAt|updatedAt|_status|hash|salt|sessions|loginAttempts|lockUntil|resetPassword\w*)$/

/** A valid value for every field but relationships, switches and Payload's own; every text is unlike every other. */
export const sampleFields = (fields: FlattenedField[], sampler: Sampler, parent = ''): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      if (internal.test(field.name)) return []
      const value = sampleValue(field, parent ? `${parent}.${field.name}` : field.name, sampler)
      return value === undefined ? [] : [[field.name, value]]
    }),
  )
