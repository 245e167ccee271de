import { isDeepStrictEqual } from 'node:util'
import { fieldsOfTimes, type OwnerOfTimes } from './fields-of-times'

type Doc = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is not set, and what names a record, in one form: a document says it as null or not at all, as its id or as a whole. */
const normal = (value: unknown): unknown => {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.map(normal)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, normal(part)]])),
  )
}

/** What a write leaves out stays as it is. */
const isChanged = (before: unknown, after: unknown): boolean =>
  after !== undefined && !isDeepStrictEqual(normal(before), normal(after))

/**
 * Whether a write changes what times are offered, how long they are or what they cost. In doubt it does: publishing again is harmless.
 * @param before nothing for a new document.
 */
export const isChangeOfTimes = (owner: OwnerOfTimes, before: Doc | undefined, after: Doc): boolean => {
  if (!before || Object.keys(before).length === 0) return true
  return Object.entries(fieldsOfTimes[owner]).some(([field, touches]) => {
    if (typeof touches === 'string') return touches === 'times' && isChanged(before[field], after[field])
    const [was, is] = [before[field], after[field]]
    if (is === undefined) return false
    if (!isRecord(was) || !isRecord(is)) return isChanged(was, is)
    return Object.entries(touches).some(([part, of]) => of === 'times' && isChanged(was[part], is[part]))
  })
}
