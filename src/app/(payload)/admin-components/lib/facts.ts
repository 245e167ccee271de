import { labelOf } from '#database/fields/readable-labels'
import { moneyText } from './money-text'

export type Fact = { name: string; value: string }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const say = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.map(say).join(', ') || '–'
  if (isRecord(value))
    return factsOf(value)
      .map(({ name, value: said }) => `${name}: ${said}`)
      .join('; ')
  return String(value)
}

/** What a JSON value holds, as names and values that people read. Amounts by currency (`{ GBP: 12000 }`) as money. */
export const factsOf = (value: unknown): Fact[] => {
  if (value === null || value === undefined) return []
  if (!isRecord(value)) return [{ name: '', value: say(value) }]
  return Object.entries(value).map(([key, part]) => {
    const money = moneyText(part, key)
    return money === undefined ? { name: labelOf(key), value: say(part) } : { name: key, value: money }
  })
}
