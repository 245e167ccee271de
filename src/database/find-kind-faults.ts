import type { FlattenedField } from 'payload'
import { findNodeFault } from '#database/find-node-fault'
import type { FieldError } from '#shared/errors'

/**
 * Where a record holds values of other kinds than its fields: an object instead of text, something instead of rows, nothing within a list. Payload and the
 * hooks look into values before Payload asks what they are. Only kinds are looked at: whether a text is a good one is found out later. Pure.
 */
export const findKindFaults = (
  fields: readonly FlattenedField[],
  data: Readonly<Record<string, unknown>>,
  within = '',
): FieldError[] =>
  fields.flatMap((field) => {
    const value = Object.hasOwn(data, field.name) ? data[field.name] : undefined
    return value === undefined || value === null ? [] : findFaults(field, value, `${within}${field.name}`)
  })

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Kind = { message: string; is: (value: unknown) => boolean }

const text: Kind = { message: 'must be text', is: (value) => typeof value === 'string' }

/** All of it: Payload would read the beginning, and take "1,250" for 1. */
const writtenNumber = /^\s*(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)?\s*$/i

/** From a form a number may come as text; Payload reads that. */
const number: Kind = {
  message: 'must be a number',
  is: (value) => (typeof value === 'string' ? writtenNumber.test(value) : Number.isFinite(value)),
}

const checkbox: Kind = {
  message: 'must be true or false',
  is: (value) => typeof value === 'boolean' || value === 'true' || value === 'false' || value === '',
}

const date: Kind = {
  message: 'must be a date, such as 2030-01-31T09:00:00Z',
  is: (value) => typeof value === 'string' || value instanceof Date,
}

const choice: Kind = { message: 'must be one of the choices, as text', is: text.is }

const isId = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value)

/** A record may stand for its id. */
const relation = (relationTo: string | readonly string[]): Kind => ({
  message: typeof relationTo === 'string' ? 'must be the id of a record' : 'must name a record: relationTo and value',
  is: (value) => {
    if (!isRecord(value)) return isId(value) && (typeof relationTo === 'string' || value === '')
    if (typeof relationTo === 'string') return isId(value.id)
    const named = isRecord(value.value) ? value.value.id : value.value
    return typeof value.relationTo === 'string' && isId(named)
  },
})

/** What Payload takes for none where a form says it. */
const isNoRelation = (value: unknown): boolean => value === '' || value === 'none' || value === 'null'

const point: Kind = {
  message: 'must be two numbers',
  is: (value) => Array.isArray(value) && value.length === 2 && value.every(number.is),
}

const findFaults = (field: FlattenedField, value: unknown, path: string): FieldError[] => {
  switch (field.type) {
    case 'text':
      return field.hasMany ? ofList(text, value, path) : ofOne(text, value, path)
    case 'textarea':
    case 'code':
    case 'email':
      return ofOne(text, value, path)
    case 'number':
      return field.hasMany ? ofList(number, value, path) : ofOne(number, value, path)
    case 'checkbox':
      return ofOne(checkbox, value, path)
    case 'date':
      return ofOne(date, value, path)
    case 'radio':
      return ofOne(choice, value, path)
    case 'select':
      return field.hasMany ? ofList(choice, value, path) : ofOne(choice, value, path)
    case 'relationship':
    case 'upload':
      if (isNoRelation(value)) return []
      return (field.hasMany ? ofList : ofOne)(relation(field.relationTo), value, path)
    case 'point':
      return ofOne(point, value, path)
    case 'group':
    case 'tab':
      return ofFields(field.flattenedFields, value, path)
    case 'array':
      return ofRows(() => field.flattenedFields, value, path)
    case 'blocks':
      return ofRows(
        ({ blockType }) =>
          (field.blockReferences ?? field.blocks).flatMap((block) =>
            typeof block !== 'string' && block.slug === blockType ? block.flattenedFields : [],
          ),
        value,
        path,
      )
    case 'richText': {
      const fault = findNodeFault(value, path)
      return fault ? [fault] : []
    }
    default:
      return []
  }
}

const ofOne = ({ is, message }: Kind, value: unknown, path: string): FieldError[] =>
  is(value) ? [] : [{ path, message }]

const noList = (path: string): FieldError[] => [{ path, message: 'must be a list' }]

const ofList = (kind: Kind, value: unknown, path: string): FieldError[] =>
  Array.isArray(value) ? value.flatMap((part, index) => ofOne(kind, part, `${path}.${index}`)) : noList(path)

const ofFields = (fields: readonly FlattenedField[], value: unknown, path: string): FieldError[] =>
  isRecord(value) ? findKindFaults(fields, value, `${path}.`) : [{ path, message: 'must be an object' }]

const ofRows = (
  fieldsOf: (row: Record<string, unknown>) => readonly FlattenedField[],
  value: unknown,
  path: string,
): FieldError[] => {
  // An empty list comes from the admin as how many rows it has.
  if (value === 0 || value === '0') return []
  if (!Array.isArray(value)) return noList(path)
  return value.flatMap((row: unknown, index) => ofFields(isRecord(row) ? fieldsOf(row) : [], row, `${path}.${index}`))
}
