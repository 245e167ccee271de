import type { FlattenedField, RichTextField } from 'payload'
import { type NamedRecord, readRichText } from '#database/read-rich-text'
import type { FieldError } from '#shared/errors'
import { findTextFault, isVisible, readLine, readParagraph, type ReadText, takeOutUnseen } from '#shared/read-text'
import { kindsOfNodes } from './kinds-of-nodes'

export type ReadRecord = {
  data: Record<string, unknown>
  faults: FieldError[]
  /** What the record names that is new in it: pictures, and what stands in rich text. */
  records: NamedRecord[]
}

type Reading = Omit<ReadRecord, 'data'> & { isStored: (value: unknown) => boolean; isLenient: boolean }

/**
 * What somebody writes into a record, by the kinds of its fields: texts of one and of several lines, addresses of mails, JSON and rich text in the form
 * in which they are stored, and what is wrong with them. What stands there already is left as it is: a form sends all of a record.
 * @param isLenient our own writes and imports: line breaks in one line become spaces, and what is refused from others is taken out.
 */
export const readRecord = (
  fields: readonly FlattenedField[],
  { data, stored, isLenient }: { data: Record<string, unknown>; stored: unknown; isLenient: boolean },
): ReadRecord => {
  const reading: Reading = { faults: [], records: [], isStored: lookUp(stored), isLenient }
  const read = readFields(reading, fields, { data, stored, path: '' })
  return { data: read, faults: reading.faults, records: reading.records }
}

/** Whether a text stands somewhere in the record as it is. Looked at only when it is asked for. */
const lookUp = (stored: unknown) => {
  let texts: Set<unknown> | undefined
  return (value: unknown): boolean => (texts ??= new Set(textsIn(stored))).has(value)
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

type Place = { data: Record<string, unknown>; stored: unknown; path: string }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const at = (stored: unknown, name: string): unknown => (isRecord(stored) ? stored[name] : undefined)

const readFields = (reading: Reading, fields: readonly FlattenedField[], { data, stored, path }: Place) => {
  let read = data
  const known = new Set<string>()
  for (const field of fields) {
    const { name } = field
    known.add(name)
    const sent = data[name]
    if (sent === undefined || sent === null) continue
    const here = path ? `${path}.${name}` : name
    const value = readValue(reading, field, { sent, stored: at(stored, name), path: here })
    if (value !== sent) read = { ...read, [name]: value }
  }
  // Nobody stores it, but it is looked at on the way; passwords are what they are.
  for (const [name, sent] of Object.entries(data)) {
    if (!known.has(name) && !/password/i.test(name)) refuseUnsafe(reading, sent, path ? `${path}.${name}` : name)
  }
  return read
}

type Sent = { sent: unknown; stored: unknown; path: string }

const readValue = (reading: Reading, field: FlattenedField, { sent, stored, path }: Sent): unknown => {
  switch (field.type) {
    case 'text':
      return Array.isArray(sent)
        ? sent.map((part, index) => readText(reading, readLine, part, `${path}.${index}`))
        : readText(reading, readLine, sent, path)
    case 'email': {
      const line = readText(reading, readLine, sent, path)
      return typeof line === 'string' ? line.toLowerCase() : line
    }
    case 'textarea':
    case 'code':
      return readText(reading, readParagraph, sent, path)
    case 'json':
      return readJson(reading, sent, path)
    case 'richText':
      return readRich(reading, field, { sent, stored, path })
    case 'group':
    case 'tab':
      return isRecord(sent) ? readFields(reading, field.flattenedFields, { data: sent, stored, path }) : sent
    case 'array':
      return readRows(reading, () => field.flattenedFields, { sent, stored, path })
    case 'blocks':
      return readRows(
        reading,
        ({ blockType }) =>
          (field.blockReferences ?? field.blocks).flatMap((block) =>
            typeof block !== 'string' && block.slug === blockType ? block.flattenedFields : [],
          ),
        { sent, stored, path },
      )
    case 'upload':
    case 'relationship':
      noteRecords(reading, field.relationTo, { sent, stored, path })
      return sent
    default:
      refuseUnsafe(reading, sent, path)
      return sent
  }
}

const readRows = (
  reading: Reading,
  fieldsOf: (row: Record<string, unknown>) => readonly FlattenedField[],
  { sent, stored, path }: Sent,
): unknown => {
  if (!Array.isArray(sent)) return sent
  const before: readonly unknown[] = Array.isArray(stored) ? stored : []
  let isSame = true
  const rows = sent.map((row: unknown, index) => {
    if (!isRecord(row)) return row
    const known = before.find((other) => isRecord(other) && other.id !== undefined && other.id === row.id)
    const read = readFields(reading, fieldsOf(row), { data: row, stored: known, path: `${path}.${index}` })
    isSame &&= read === row
    return read
  })
  return isSame ? sent : rows
}

const readText = (reading: Reading, read: (text: string) => ReadText, sent: unknown, path: string): unknown => {
  if (typeof sent !== 'string') {
    if (!reading.isLenient && sent !== null) reading.faults.push({ path, message: 'must be text' })
    return sent
  }
  const { value, fault } = read(sent)
  const isSeen = !value || isVisible(value)
  if ((value === sent && isSeen) || reading.isStored(sent)) return sent
  if (fault === undefined && (isSeen || reading.isLenient)) return value
  if (reading.isLenient) return read(takeOut(sent, read)).value ?? sent
  reading.faults.push({ path, message: fault ?? 'must hold something that can be seen' })
  return sent
}

/** What is left for our own writes and imports of a text that others are refused. */
const takeOut = (text: string, read: (text: string) => ReadText): string => {
  const shown = [...text.toWellFormed()].filter((character) => findTextFault(character) === undefined).join('')
  return read === readLine ? shown.replace(/[\s\u0085\u2028\u2029]+/gu, ' ') : shown
}

const readJson = (reading: Reading, sent: unknown, path: string): unknown => {
  if (reading.isLenient) return sent
  if (typeof sent === 'string') {
    const fault = findTextFault(sent)
    if (fault === undefined) return reading.isStored(sent) ? sent : takeOutUnseen(sent).normalize('NFC')
    if (!reading.isStored(sent)) reading.faults.push({ path, message: fault })
    return sent
  }
  if (Array.isArray(sent)) return sent.map((part, index) => readJson(reading, part, `${path}.${index}`))
  if (!isRecord(sent)) return sent
  return Object.fromEntries(
    Object.entries(sent).map(([name, part]) => {
      if (findTextFault(name) !== undefined) refuseUnsafe(reading, name, path)
      return [name, readJson(reading, part, `${path}.${name}`)]
    }),
  )
}

const readRich = (reading: Reading, field: RichTextField, { sent, stored, path }: Sent): unknown => {
  if (JSON.stringify(sent) === JSON.stringify(stored)) return sent
  const { value, faults, records } = readRichText(sent, path, kindsOfNodes(field))
  reading.faults.push(...faults)
  reading.records.push(...records)
  return value
}

const refuseUnsafe = (reading: Reading, sent: unknown, path: string): void => {
  if (reading.isLenient) return
  if (typeof sent === 'string') {
    const message = findTextFault(sent)
    if (message !== undefined && !reading.isStored(sent)) reading.faults.push({ path, message })
  } else if (typeof sent === 'object' && sent !== null) {
    for (const [name, part] of Object.entries(sent)) refuseUnsafe(reading, part, `${path}.${name}`)
  }
}

const idsOf = (value: unknown): unknown[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
    if (!isRecord(one)) return one === null || one === undefined ? [] : [one]
    return 'relationTo' in one ? idsOf(one.value) : idsOf(one.id)
  })

const noteRecords = (reading: Reading, relationTo: string | string[], { sent, stored, path }: Sent): void => {
  const before = new Set(idsOf(stored))
  for (const one of Array.isArray(sent) ? (sent as unknown[]) : [sent]) {
    const slug = isRecord(one) && typeof one.relationTo === 'string' ? one.relationTo : relationTo
    if (typeof slug !== 'string') continue
    for (const id of idsOf(one)) if (typeof id === 'string' && !before.has(id)) reading.records.push({ path, slug, id })
  }
}
