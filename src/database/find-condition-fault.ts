import type { FlattenedField } from 'payload'
import { isUuid } from '#shared/ids'

type Kind = 'text' | 'number' | 'date' | 'checkbox' | 'choice' | 'choices' | 'record' | 'records' | 'id'

const same = ['equals', 'not_equals', 'in', 'not_in', 'exists']
const order = ['greater_than', 'greater_than_equal', 'less_than', 'less_than_equal']
const words = ['like', 'not_like', 'contains']

/** What can be asked of a field, by what it holds. */
const operatorsOf: Readonly<Record<Kind, readonly string[]>> = {
  text: [...same, ...order, ...words],
  number: [...same, ...order],
  date: [...same, ...order],
  checkbox: ['equals', 'not_equals', 'exists'],
  choice: same,
  choices: [...same, 'contains', 'like'],
  record: same,
  records: [...same, 'contains'],
  // The admin looks for a word in every field that a list is searched by.
  id: [...same, 'like'],
}

/** What a value of that kind is, for whoever has sent another; undefined where it is one. */
const faultOf: Readonly<Record<Kind, (value: unknown, field: FlattenedField) => string | undefined>> = {
  text: (value) => (isScalar(value) ? undefined : 'must be a text'),
  number: (value) => (isNumber(value) ? undefined : 'must be a number'),
  date: (value) => (isDate(value) ? undefined : 'must be a date such as 2027-01-31 or 2027-01-31T09:00:00Z'),
  checkbox: (value) => (isTruth(value) ? undefined : 'must be true or false'),
  choice: (value, field) => faultOfChoice(value, field),
  choices: (value, field) => faultOfChoice(value, field),
  record: (value) => (isId(value) ? undefined : 'must be the id of a record'),
  records: (value) => (isId(value) ? undefined : 'must be the id of a record'),
  id: (value) => (isId(value) ? undefined : 'must be the id of a record'),
}

const kindOf = (field: FlattenedField): Kind | undefined => {
  if (field === recordId) return 'id'
  switch (field.type) {
    case 'text':
    case 'textarea':
    case 'email':
    case 'code':
      return 'text'
    case 'number':
    case 'date':
    case 'checkbox':
      return field.type
    case 'radio':
      return 'choice'
    case 'select':
      return field.hasMany ? 'choices' : 'choice'
    case 'relationship':
    case 'upload':
      if (typeof field.relationTo !== 'string') return undefined
      return field.hasMany ? 'records' : 'record'
    default:
      return undefined
  }
}

/** The id of a record, which Payload has among the fields of no collection. */
export const recordId: FlattenedField = { name: 'id', type: 'text' }

/**
 * Whether a condition of a query means something for the field that it is about. What means nothing would be left out by Payload or become another
 * question (a value that is no id becomes "none"), and a change of many would meet whoever it was not meant for.
 * @param operand as it came: REST sends texts, `null` among them.
 * @returns what is wrong with it, as the end of a sentence that begins with its path; undefined when it can be asked.
 */
export const findConditionFault = (field: FlattenedField, operator: string, operand: unknown): string | undefined => {
  const kind = kindOf(field)
  if (!kind && isOfSeveral(field)) return same.includes(operator) ? undefined : notAsked(operator, same)
  if (!kind) return isPlace(operator) ? 'cannot be asked for a place' : undefined
  if (!operatorsOf[kind].includes(operator)) return notAsked(operator, operatorsOf[kind])
  if (operator === 'exists') return isTruth(operand) ? undefined : 'must be true or false'
  // A word that is looked for in an id fits none, or one.
  if (operator === 'like') return isScalar(operand) ? undefined : 'must be a text'
  const isList = operator === 'in' || operator === 'not_in'
  if ((operator === 'equals' || operator === 'not_equals') && isNothing(kind, operand)) return undefined
  const values: unknown[] = !isList ? [operand] : Array.isArray(operand) ? operand : String(operand).split(',')
  if (!values.length) return 'must name at least one value'
  return values.map((value) => faultOf[kind](value, field)).find((fault) => fault !== undefined)
}

const notAsked = (operator: string, instead: readonly string[]): string =>
  `cannot be asked for "${operator.slice(0, 40)}"; use ${instead.join(', ')}`

/** A relation to records of several collections. */
const isOfSeveral = (field: FlattenedField): boolean =>
  (field.type === 'relationship' || field.type === 'upload') && typeof field.relationTo !== 'string'

const isPlace = (operator: string): boolean => ['near', 'within', 'intersects'].includes(operator)

/** Addresses have no other way to say it; of other kinds Payload takes the word for a value. */
const nothingByWord: readonly Kind[] = ['number', 'date', 'record', 'records', 'id']

const isNothing = (kind: Kind, value: unknown): boolean =>
  value === null || (value === 'null' && nothingByWord.includes(kind))

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))

const isDate = (value: unknown): boolean =>
  value instanceof Date ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && /^[+-]?\d{4,6}-\d\d/.test(value) && !Number.isNaN(Date.parse(value)))

const isTruth = (value: unknown): boolean => typeof value === 'boolean' || value === 'true' || value === 'false'

const isId = (value: unknown): boolean => typeof value === 'string' && isUuid(value.trim())

const faultOfChoice = (value: unknown, field: FlattenedField): string | undefined => {
  if (field.type !== 'select' && field.type !== 'radio') return undefined
  const choices = field.options.map((option) => (typeof option === 'string' ? option : option.value))
  if (typeof value === 'string' && choices.includes(value)) return undefined
  return `must be one of ${choices.join(', ')}`.slice(0, 600)
}
