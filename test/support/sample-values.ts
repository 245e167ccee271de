import { randomUUID } from 'node:crypto'
import type { FlattenedField } from 'payload'

/** A text that is found in nothing but the field at `path`. */
export type PlantedText = { text: string; path: string }

/** Variant 2 differs from variant 1 in every field. Texts are unlike all others either way, and put into `planted`. */
type Sampler = { variant: 1 | 2; planted: PlantedText[] }

let counter = 0

/** Where only certain texts are valid. */
const fixed: Readonly<Record<string, readonly [string, string]>> = {
  timeZone: ['Europe/Berlin', 'Asia/Tokyo'],
  language: ['en', 'de'],
  rrule: ['FREQ=MONTHLY;BYDAY=1MO', 'FREQ=MONTHLY;BYDAY=2MO'],
  startTime: ['09:00', '10:00'],
  endTime: ['17:00', '18:00'],
  key: ['question', 'other'],
  stripeFeeCurrency: ['GBP', 'EUR'],
  cardLast4: ['4242', '4343'],
  mimeType: ['image/png', 'image/jpeg'],
  country: ['GB', 'DE'],
}

const addresses = /url$|^website$/i

const textFor = (name: string): string => {
  const code = `mark${String(++counter).padStart(5, '0')}end`
  if (name === 'slug') return code
  if (name === 'phone') return `+4470${String(counter).padStart(7, '0')}`
  if (/email/i.test(name)) return `${code}@mark.example`
  // As ciphertexts look: PostgreSQL takes nothing else there.
  if (/^(accessToken|refreshToken|feedUrl)$/.test(name)) return `key.${code}.tag.text`
  if (addresses.test(name)) return `https://mark.example/${code}`
  return code
}

/** One valid value for a field; undefined where it is left out. */
const sampleValue = (field: FlattenedField, path: string, sampler: Sampler): unknown => {
  const { variant } = sampler
  const plant = (): string => {
    const value = textFor(field.name)
    sampler.planted.push({ text: value, path })
    return value
  }
  switch (field.type) {
    case 'text':
      if (field.name in fixed) return fixed[field.name]?.[variant - 1]
      return field.hasMany ? [plant()] : plant()
    case 'textarea':
    case 'email':
    case 'code':
      return plant()
    case 'json':
      // Holds what operations have defined; test/api/attributes shows who reads which of it.
      if (field.name === 'attributes') return {}
      return { planted: plant() }
    case 'group':
    case 'tab':
      return sampleFields(field.flattenedFields, sampler, path)
    case 'array':
      return [{ ...sampleFields(field.flattenedFields, sampler, path), id: randomUUID() }]
    case 'number':
      return field.hasMany ? undefined : Math.max(field.min ?? 0, 1) + variant - 1
    case 'checkbox':
      return variant === 2
    case 'select': {
      const option = field.options[variant - 1] ?? field.options[0]
      const value = typeof option === 'object' ? option.value : option
      return field.hasMany ? [value] : value
    }
    case 'date':
      return `2026-05-0${variant}T10:00:00.000Z`
    default:
      return undefined
  }
}

const internal = /^(id|createdAt|updatedAt|_status|hash|salt|sessions|loginAttempts|lockUntil|resetPassword\w*)$/

/** A valid value for every field but relationships and Payload's own. */
export const sampleFields = (fields: FlattenedField[], sampler: Sampler, parent = ''): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      if (internal.test(field.name)) return []
      const value = sampleValue(field, parent ? `${parent}.${field.name}` : field.name, sampler)
      return value === undefined ? [] : [[field.name, value]]
    }),
  )
