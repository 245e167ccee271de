import { DomainError, type FieldError } from '#shared/errors'
import type { AttributeDefinition, AttributeValue } from './attribute-definition'
import { type AttributeViewer, isReadable, isWritable } from './decide-attribute-access'
import { decideAttributeValue } from './decide-attribute-value'
import { isSameAttribute } from './is-attribute-value'

/** The most characters that those attributes of one record that somebody reads, or sends, have together. */
export const maxAttributesLength = 50_000

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && !value.trim()) ||
  (Array.isArray(value) && !value.length)

type Write = {
  /** Those of the subject that are in use. */
  definitions: readonly AttributeDefinition[]
  /** What the record has, keys that are no longer in use among them. */
  stored: unknown
  /** What came in: an object by key, or nothing. */
  sent: unknown
  viewer: AttributeViewer
  /** Of a session: what it is booked as. */
  serviceType?: string | undefined
  /** A new record has to have what is required of whoever makes it; one that exists is not asked for what was defined later. */
  isComplete: boolean
  /** What does not fit is left as it is instead of refused: an earlier version of the record is brought back. */
  isLenient?: boolean
}

type Fault = FieldError & { isForbidden?: true }

/**
 * The attributes of a record as they are to be stored. Keys that were not sent keep their values, `null` (or an empty value) removes one,
 * and a value that is sent back as it was read is never a fault. Pure.
 * @returns undefined where nothing changes.
 * @throws DomainError `invalid_request`, or `forbidden` for what the sender reads but does not set; one entry per fault (`attributes.<key>`).
 */
export const decideAttributes = (write: Write): Record<string, unknown> | undefined => {
  const sent = readSent(write.sent)
  const stored = typeof write.stored === 'object' && write.stored !== null ? { ...write.stored } : {}
  const values = new Map<string, unknown>(Object.entries(stored))
  const faults: Fault[] = []
  for (const [key, value] of Object.entries(sent)) {
    const definition = write.definitions.find((each) => each.key === key)
    const outcome = decideOne(write, { definition, value, before: values.get(key) })
    if (outcome.fault !== undefined) {
      faults.push({ path: pathOf(key), message: outcome.fault, ...(outcome.isForbidden && { isForbidden: true }) })
    } else if (outcome.change === 'remove') values.delete(key)
    else if (outcome.change === 'set') values.set(key, outcome.value)
  }
  if (write.isComplete) faults.push(...findMissing(write, values, faults))
  if (faults.length && !write.isLenient) throw refusal(faults)
  const result = Object.fromEntries(values)
  if (isSame(result, stored)) return undefined
  if (JSON.stringify(pickOwn(write, result, sent)).length > maxAttributesLength) {
    throw refusal([{ path: 'attributes', message: `must have at most ${maxAttributesLength} characters together` }])
  }
  return result
}

/** What the sender reads or has sent: how much others have written is not told by a refusal. */
const pickOwn = (
  { definitions, viewer }: Write,
  values: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  if (viewer === 'staff') return values
  const isOwn = (key: string) =>
    Object.hasOwn(sent, key) || definitions.some((each) => each.key === key && isReadable(each, viewer))
  return Object.fromEntries(Object.entries(values).filter(([key]) => isOwn(key)))
}

type Outcome =
  | { fault: string; isForbidden?: true }
  | { fault?: undefined; change: 'none' | 'remove' }
  | { fault?: undefined; change: 'set'; value: AttributeValue }

const decideOne = (
  { isLenient, serviceType, viewer }: Write,
  { definition, value, before }: { definition: AttributeDefinition | undefined; value: unknown; before: unknown },
): Outcome => {
  const [reads, sets] = definition
    ? [isReadable(definition, viewer), isWritable(definition, viewer)]
    : [viewer === 'staff', false]
  // A form sends everything back. Only who reads it is told, by what happens, that it is the same.
  if (reads && (isSameAttribute(value, before) || (isEmpty(value) && isEmpty(before)))) {
    return { change: 'none' }
  }
  if (!definition || (!reads && !sets)) return { fault: 'is no attribute that is in use here' }
  if (!sets) return { fault: 'is set by others; leave it out, or as it is', isForbidden: true }
  if (isEmpty(value)) {
    return definition.required && isAskedFor(definition, serviceType) && !isLenient
      ? { fault: 'is required' }
      : { change: 'remove' }
  }
  if (!isAskedFor(definition, serviceType)) return { fault: 'is not asked for by this service type' }
  const { fault, value: read } = decideAttributeValue(definition, value)
  return fault === undefined ? { change: 'set', value: read } : { fault }
}

/** Whether an attribute concerns a record: of sessions, some are of certain service types alone. */
export const isAskedFor = (
  { serviceTypes }: Pick<AttributeDefinition, 'serviceTypes'>,
  serviceType: string | undefined,
): boolean => !serviceTypes.length || serviceType === undefined || serviceTypes.includes(serviceType)

const findMissing = (
  { definitions, serviceType, viewer }: Write,
  values: ReadonlyMap<string, unknown>,
  faults: readonly Fault[],
): Fault[] =>
  definitions
    .filter(
      (definition) =>
        definition.required &&
        isWritable(definition, viewer) &&
        isAskedFor(definition, serviceType) &&
        !values.has(definition.key) &&
        !faults.some(({ path }) => path === pathOf(definition.key)),
    )
    .map(({ key }) => ({ path: `attributes.${key}`, message: 'is required' }))

const readSent = (sent: unknown): Readonly<Record<string, unknown>> => {
  if (sent === undefined || sent === null) return {}
  if (typeof sent !== 'object' || Array.isArray(sent)) {
    throw refusal([{ path: 'attributes', message: 'must be an object of values by key' }])
  }
  return { ...sent }
}

/** No key of ours is longer, and what came in is not repeated at any length. */
const pathOf = (key: string): string => `attributes.${key.slice(0, 60)}`

const isSame = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean => {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => isSameAttribute(one[key], other[key]))
}

const refusal = (faults: readonly Fault[]): DomainError => {
  const [first] = faults
  const isForbidden = faults.every((fault) => fault.isForbidden)
  const errors = faults.slice(0, 50).map(({ path, message }) => ({ path, message }))
  return new DomainError(
    isForbidden ? 'forbidden' : 'invalid_request',
    `${first?.path ?? ''} ${first?.message ?? ''}.`,
    {
      errors,
    },
  )
}
