import type { CollectionConfig, Field, GlobalConfig, Tab } from 'payload'
import type { Label } from '#shared/words'
import { germanNames } from './german-names'
import { rowNames } from './row-names'

/** Words that are not written in small letters. */
const spelling: Readonly<Record<string, string>> = {
  ai: 'AI',
  id: 'ID',
  ids: 'IDs',
  nps: 'NPS',
  sms: 'SMS',
  url: 'URL',
  rrule: 'RRULE',
  api: 'API',
  stripe: 'Stripe',
}

/** `…Minutes` and the like: the unit stands in brackets behind what is measured. */
const units: Readonly<Record<string, string>> = {
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
  percentage: '%',
  bps: 'basis points',
}

const sentence = (words: readonly string[]): string => {
  const spelled = words.map((word) => spelling[word] ?? word).join(' ')
  return spelled.charAt(0).toUpperCase() + spelled.slice(1)
}

/** The name of a field as people read it: `startsAt` → "Starts at", `aiSummary` → "AI summary", `bufferTimeMinutes` → "Buffer time (minutes)". */
const labelOf = (name: string): string => {
  const words = name
    .replace(/^_+/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
  const unit = words.length > 1 ? units[words.at(-1) ?? ''] : undefined
  return unit === undefined ? sentence(words) : `${sentence(words.slice(0, -1))} (${unit})`
}

/** The same in each language of the admin; the English alone for the name of a field that an installation adds. */
export const labelsOf = (name: string): Label => {
  const de = Object.hasOwn(germanNames, name) ? germanNames[name] : undefined
  return de === undefined ? labelOf(name) : { en: labelOf(name), de }
}

const labelTab = (tab: Tab): Tab => ({ ...tab, fields: tab.fields.map(labelField) })

const labelField = (field: Field): Field => {
  const labelled = 'name' in field && !('label' in field && field.label !== undefined) && field.type !== 'ui'
  const own = labelled ? { label: labelsOf(field.name) } : {}
  const rows =
    field.type === 'array' && field.labels === undefined && Object.hasOwn(rowNames, field.name)
      ? { labels: { singular: rowNames[field.name] ?? field.name, plural: labelsOf(field.name) } }
      : {}
  if (field.type === 'tabs') return { ...field, tabs: field.tabs.map(labelTab) }
  if ('fields' in field) return { ...field, ...own, ...rows, fields: field.fields.map(labelField) }
  return { ...field, ...own }
}

/** Payload writes every word of a field's name with a capital; here each field without a label of its own gets a readable one. */
export const withReadableLabels = <Config extends CollectionConfig | GlobalConfig>(config: Config): Config => ({
  ...config,
  fields: config.fields.map(labelField),
})
