import type { AttributeDefinition } from './attribute-definition'
import type { AttributeType } from './attribute-kinds'

const compared = ['equals', 'not_equals', 'in', 'not_in', 'exists'] as const
const ordered = [...compared, 'greater_than', 'greater_than_equal', 'less_than', 'less_than_equal'] as const
const searched = [...compared, 'like', 'contains'] as const

/** What each type can be asked. */
export const attributeOperators = {
  text: searched,
  long_text: searched,
  number: ordered,
  checkbox: ['equals', 'not_equals', 'exists'],
  date: ordered,
  select: compared,
  multi_select: [...compared, 'contains'],
  email: searched,
  url: searched,
} as const satisfies Record<AttributeType, readonly string[]>

type Scalar = string | number | boolean
export type AttributeOperand = Scalar | Scalar[]

type Outcome = { value: AttributeOperand; fault?: never } | { value?: never; fault: string }

const maxListed = 200

/**
 * The operand of a filter as its type has it, also where it came as text in an address; or what is wrong with it. Pure. What passes is a text
 * of bounded length, a finite number, or true or false, so nothing else reaches the database.
 */
export const decideAttributeFilter = (
  definition: Pick<AttributeDefinition, 'type'>,
  operator: string,
  operand: unknown,
): Outcome => {
  const operators: readonly string[] = attributeOperators[definition.type]
  if (!operators.includes(operator)) return { fault: `can be filtered by ${operators.join(', ')}` }
  if (operator === 'exists') return readBoolean(operand)
  if (operator === 'in' || operator === 'not_in') return readList(definition, operand)
  return readScalar(definition, operand)
}

const readList = (definition: Pick<AttributeDefinition, 'type'>, operand: unknown): Outcome => {
  const parts: unknown[] = Array.isArray(operand)
    ? operand
    : typeof operand === 'string'
      ? operand.split(',')
      : [operand]
  if (!parts.length || parts.length > maxListed) return { fault: `must list 1 to ${maxListed} values` }
  const values: Scalar[] = []
  for (const part of parts) {
    const { value, fault } = readScalar(definition, part)
    if (fault !== undefined) return { fault }
    values.push(value)
  }
  return { value: values }
}

type ScalarOutcome = { value: Scalar; fault?: never } | { value?: never; fault: string }

const readScalar = ({ type }: Pick<AttributeDefinition, 'type'>, operand: unknown): ScalarOutcome => {
  if (type === 'number') return readNumber(operand)
  if (type === 'checkbox') return readBoolean(operand)
  if (typeof operand !== 'string' || operand.length > 5_000) return { fault: 'must be compared with a text' }
  if (operand.includes('\u0000') || !operand.isWellFormed()) return { fault: 'holds characters that cannot be stored' }
  if (type === 'date') return readDate(operand)
  return { value: type === 'email' ? operand.toLowerCase() : operand }
}

/** The filters of the admin send the noon of a day, in UTC. */
const readDate = (operand: string): ScalarOutcome => {
  const [, date] = /^(\d{4}-\d{2}-\d{2})(?:T12:00:00(?:\.000)?Z)?$/.exec(operand) ?? []
  return date === undefined ? { fault: 'must be compared with a date such as 2030-01-31' } : { value: date }
}

const readNumber = (operand: unknown): ScalarOutcome => {
  const value =
    typeof operand === 'string' && /^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(operand) ? Number(operand) : operand
  return typeof value === 'number' && Number.isFinite(value) ? { value } : { fault: 'must be compared with a number' }
}

const readBoolean = (operand: unknown): ScalarOutcome => {
  if (operand === true || operand === 'true') return { value: true }
  if (operand === false || operand === 'false') return { value: false }
  return { fault: 'must be compared with true or false' }
}
