import type { AttributeValue } from './attribute-definition'

/** Whether something that was stored or sent has the form of an attribute's value at all. */
export const isAttributeValue = (value: unknown): value is AttributeValue =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (Array.isArray(value) && value.every((part) => typeof part === 'string'))

/** Whether two values say the same; the order of several choices does not count. */
export const isSameAttribute = (one: unknown, other: unknown): boolean => {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return (
    one.length === other.length &&
    one.every((part) => other.includes(part)) &&
    other.every((part) => one.includes(part))
  )
}
