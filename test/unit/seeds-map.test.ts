import { readFile } from 'node:fs/promises'
import type { FlattenedField } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import { renderSeedsMap } from '#server/render-seeds-map'
import { asTarget, type SeedEntity, seedSources } from '#server/seeds-map'
import { seedsMapFile } from '#server/write-seeds-map'
import { readSeeds } from '../support/read-seeds'

/** `collection.path` and `global:slug.path` → the field's options, if it is a select. */
const known = new Map<string, string[]>()

const addFields = (fields: FlattenedField[], parent: string) => {
  for (const field of fields) {
    const path = `${parent}.${field.name}`
    const options = field.type === 'select' ? field.options : []
    known.set(
      path,
      options.map((option) => (typeof option === 'string' ? option : option.value)),
    )
    if ('flattenedFields' in field) addFields(field.flattenedFields, path)
  }
}

beforeAll(async () => {
  const { default: config } = await import('../../payload.config')
  const { collections, globals } = await config
  for (const { slug, flattenedFields } of collections) {
    known.set(`${slug}.id`, [])
    addFields(flattenedFields, slug)
  }
  for (const { slug, flattenedFields } of globals) addFields(flattenedFields, `global:${slug}`)
  // Loads everything there is; slow where other tests run beside it.
}, 60_000)

const seeds = readSeeds()
const entities = seedSources.flatMap(({ id, entities }) =>
  entities.map((entity) => ({ id, entity, name: entity.name })),
)

const missingPlaces = ({ fields, words = {} }: SeedEntity): string[] =>
  [...Object.values(fields), ...Object.values(words).flatMap((places) => Object.values(places))]
    .flatMap((target) => asTarget(target).to)
    .filter((place) => {
      const [field = '', word] = place.split(' = ')
      const options = known.get(field)
      return options === undefined || (word !== undefined && !options.includes(word))
    })

test('the documents are read whole', () => {
  expect([...seeds.S0.keys()]).toEqual(['Session'])
  expect([...seeds.S1.keys()]).toEqual([
    'users',
    'creatorProfiles',
    'availabilitySchedules',
    'availabilitySlots',
    'bookings',
    'payments',
    'customers',
    'notifications',
    'reviews',
    'sessions',
  ])
  expect([...seeds.S2.keys()]).toEqual([
    'consultation_service_types',
    'consultant_profiles',
    'consultant_availability_slots',
    'consultation_requests',
    'scheduled_sessions',
  ])
  const count = (source: keyof typeof seeds) =>
    [...seeds[source].values()].reduce((sum, fields) => sum + fields.size, 0)
  expect({ S0: count('S0'), S1: count('S1'), S2: count('S2') }).toMatchInlineSnapshot(`
    {
      "S0": 23,
      "S1": 289,
      "S2": 51,
    }
  `)
})

test('the table knows every entity of every document', () => {
  for (const { id, entities } of seedSources) expect(entities.map(({ name }) => name)).toEqual([...seeds[id].keys()])
})

describe.each(entities)('$id $name', ({ id, entity, name }) => {
  test('every field of the document is in the table, and no other', () => {
    expect(Object.keys(entity.fields).sort()).toEqual([...(seeds[id].get(name)?.keys() ?? [])].sort())
  })

  test('every word of the document is in the table, and no other', () => {
    const inDocument = [...(seeds[id].get(name) ?? [])].filter(([, words]) => words.length)
    const inTable = Object.entries(entity.words ?? {}).map(([path, places]) => [path, Object.keys(places).sort()])
    expect(Object.fromEntries(inTable)).toEqual(
      Object.fromEntries(inDocument.map(([path, words]) => [path, [...words].sort()])),
    )
  })

  test('every place exists in the collections', () => {
    expect(missingPlaces(entity)).toEqual([])
  })
})

test('a place that does not exist is found', () => {
  const fields = { a: 'users.email', b: 'users.nothing', c: { to: ['customers.address.street', 'customers.street'] } }
  const words = { status: { x: 'payments.status = succeeded', y: 'payments.status = lost' } }
  expect(missingPlaces({ name: 'made up', fields, words })).toEqual([
    'users.nothing',
    'customers.street',
    'payments.status = lost',
  ])
})

test('the page is the one that the table gives', async () => {
  expect(await readFile(seedsMapFile, 'utf8')).toBe(renderSeedsMap(seedSources))
})
