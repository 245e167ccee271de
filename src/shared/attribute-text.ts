import { dateTimeFormat } from './date-time-format'

/** What has to be known of an attribute to say what a value of it means. */
type Said = { type: string; options: readonly { value: string; label: string }[] }

/** The words of another language than English. */
type Spoken = { locale: string; yes: string; no: string }

const english: Spoken = { locale: 'en-GB', yes: 'Yes', no: 'No' }

const dayText = (text: string, locale: string): string => {
  const at = Date.parse(text)
  const format = dateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  return Number.isNaN(at) ? text : format.format(at)
}

/** What a value of a custom attribute says to people, with the labels of its options; dates as `1 Mar 2026`. Empty when there is none. */
export const attributeText = ({ options, type }: Said, value: unknown, spoken = english): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? spoken.yes : spoken.no
  if (Array.isArray(value)) return value.map((one) => attributeText({ options, type }, one, spoken)).join(', ')
  const text = String(value)
  if (type === 'date') return dayText(text, spoken.locale)
  return options.find((option) => option.value === text)?.label ?? text
}
