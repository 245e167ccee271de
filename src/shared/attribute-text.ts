import { dateTimeFormat } from './date-time-format'

/** What has to be known of an attribute to say what a value of it means. */
type Said = { type: string; options: readonly { value: string; label: string }[] }

const dayText = (text: string): string => {
  const at = Date.parse(text)
  const format = dateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  return Number.isNaN(at) ? text : format.format(at)
}

/** What a value of a custom attribute says to people, with the labels of its options; dates as `1 Mar 2026`. Empty when there is none. */
export const attributeText = ({ options, type }: Said, value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.map((one) => attributeText({ options, type }, one)).join(', ')
  const text = String(value)
  if (type === 'date') return dayText(text)
  return options.find((option) => option.value === text)?.label ?? text
}
