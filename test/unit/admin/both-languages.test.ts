import type { Field, SanitizedConfig, Tab } from 'payload'
import { expect, it } from 'vitest'
import config from '../../../payload.config'

type Text = { at: string; text: unknown }

/** Names of makers, formats and currencies are the same in both, and words that German has taken. */
const sameInBoth: ReadonlySet<string> = new Set([
  ...['Code', 'EUR – Euro', 'Name', 'Pro', 'RRULE', 'Status', 'Stripe', 'System', 'Wallet', 'Website'],
  // Names of providers and of languages.
  ...['Deutsch', 'English', 'Google Calendar', 'Google Meet', 'Jitsi', 'Zoom'],
])

const textsOf = (at: string, of: unknown, ...names: string[]): Text[] =>
  names.flatMap((name) => {
    const text: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
    return text === undefined || text === '' || text === false ? [] : [{ at: `${at} ${name}`, text }]
  })

/** Payload's own fields, some of which it translates, and components that stand in forms under no name. */
const isNoMatterOfOurs = (at: string, field: Field | Tab): boolean => {
  const name = 'name' in field ? (field.name ?? '') : ''
  if (['id', 'createdAt', 'updatedAt', '_status'].includes(name)) return true
  if (/^media\.(url|thumbnailURL|mimeType|sizes|filename|filesize|width|height|focalX|focalY)$/.test(at)) return true
  return 'type' in field && field.type === 'ui' && field.admin?.disableListColumn === true
}

const fieldTexts = (at: string, field: Field | Tab): Text[] => {
  const here = `${at}.${'name' in field && field.name ? field.name : ('type' in field && field.type) || 'tab'}`
  if (isNoMatterOfOurs(here, field)) return []
  const isHidden = 'hidden' in field && field.hidden
  const own = isHidden ? [] : [...textsOf(here, field, 'label', 'labels'), ...textsOf(here, field.admin, 'description')]
  const options = 'options' in field ? field.options.flatMap((option) => textsOf(here, option, 'label')) : []
  const below: readonly (Field | Tab)[] = 'tabs' in field ? field.tabs : 'fields' in field ? field.fields : []
  return [...own, ...options, ...below.flatMap((one) => fieldTexts(here, one))]
}

const inner = ({ at, text }: Text): Text[] =>
  typeof text === 'object' && text !== null && ('singular' in text || 'plural' in text)
    ? textsOf(at, text, 'singular', 'plural')
    : [{ at, text }]

/** What the product's own part of the configuration says to people. */
const allTexts = ({ collections, globals }: SanitizedConfig): Text[] =>
  [...collections, ...globals]
    .filter(({ slug }) => !slug.startsWith('payload-'))
    .flatMap((entity) => [
      ...textsOf(entity.slug, entity, 'label', 'labels'),
      ...textsOf(entity.slug, entity.admin, 'group', 'description'),
      ...entity.fields.flatMap((field) => fieldTexts(entity.slug, field)),
    ])
    .flatMap(inner)

const faultOf = ({ text }: Text): string | undefined => {
  if (typeof text === 'function') return undefined
  if (typeof text === 'string') return sameInBoth.has(text) ? undefined : `only “${text}”`
  const { en, de } = text as { en?: string; de?: string }
  if (!en || !de) return `lacks a language: ${JSON.stringify(text)}`
  return en === de && !sameInBoth.has(en) ? `German is English: “${en}”` : undefined
}

it('all that the configuration says in the admin is there in English and in German', async () => {
  const texts = allTexts(await config)
  expect(texts.length).toBeGreaterThan(1_000)
  const faults = texts.flatMap((one) => {
    const fault = faultOf(one)
    return fault === undefined ? [] : [`${one.at}: ${fault}`]
  })
  expect(faults).toEqual([])
})
