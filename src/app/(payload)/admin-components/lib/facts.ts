import { labelsOf } from '#database/fields/readable-labels'
import type { AdminWords } from '../words/admin-words'

export type Fact = { name: string; value: string }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const read = (value: unknown, words: AdminWords): string => {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return words.say(value ? 'Yes' : 'No')
  if (Array.isArray(value)) return value.map((part) => read(part, words)).join(', ') || '–'
  if (isRecord(value))
    return factsOf(value, words)
      .map(({ name, value: said }) => `${name}: ${said}`)
      .join('; ')
  return String(value)
}

/** What a JSON value holds, as names and values that people read. Amounts by currency (`{ GBP: 12000 }`) as money. */
export const factsOf = (value: unknown, words: AdminWords): Fact[] => {
  if (value === null || value === undefined) return []
  if (!isRecord(value)) return [{ name: '', value: read(value, words) }]
  return Object.entries(value).map(([key, part]) => {
    const money = words.money(part, key)
    return money === undefined
      ? { name: words.inWords(labelsOf(key)), value: read(part, words) }
      : { name: key, value: money }
  })
}
