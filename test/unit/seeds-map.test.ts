import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { readSeeds } from '../support/read-seeds'
import { checkFillings, type Filled, readSources } from '../support/seeds/check-fillings'
import { type Column, isFilledByPayload, listColumns } from '../support/seeds/columns'
import { type Filling, people } from '../support/seeds/fillings'
import { parseTests } from '../support/seeds/read-tests'
import { asTarget, type SeedEntity, seedSources } from '../support/seeds/seeds-map'
import { outOfUse, unfilled } from '../support/seeds/unfilled'
import { makeSeedsMap, seedsMapFile } from '../support/seeds/write-seeds-map'

/** By `collection.path` and `global:slug.path`. */
let known: Map<string, Column>
let sources: ReturnType<typeof readSources>
let faults: string[]
let filled: Map<string, Filled>

beforeAll(async () => {
  const { default: config } = await import('../../payload.config')
  known = new Map(listColumns(await config).map((column) => [column.path, column]))
  sources = readSources()
  ;({ faults, filled } = checkFillings(sources))
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
      const column = known.get(field)
      return column === undefined || (word !== undefined && !column.options.includes(word))
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

describe('who fills what', () => {
  const columns = () => [...known.values()].filter(({ path, isGroup }) => !isGroup && !isFilledByPayload(path))

  test('functions and tests that are named exist and speak of the fields', () => {
    expect(faults).toEqual([])
  })

  test('every column is filled by somebody, or listed as one that nothing fills', () => {
    const named = new Set([...filled.keys(), ...Object.keys(unfilled), ...Object.keys(outOfUse)])
    expect(columns().flatMap(({ path }) => (named.has(path) ? [] : [path]))).toEqual([])
  })

  test('what is named is a column, once', () => {
    const all = new Set(columns().map(({ path }) => path))
    const empty = [...Object.keys(unfilled), ...Object.keys(outOfUse)]
    expect([...filled.keys(), ...empty].filter((path) => !all.has(path))).toEqual([])
    expect(empty.filter((path, index) => filled.has(path) || empty.indexOf(path) !== index)).toEqual([])
  })

  test('what people fill in can be changed in the form', () => {
    const inForms = [...filled.values()].filter(({ by }) => by in people && by !== 'payload')
    expect(inForms.flatMap(({ path }) => (known.get(path)?.isReadOnly ? [path] : []))).toEqual([])
  })

  test('every column that is filled is shown by a test', () => {
    expect([...filled.values()].flatMap(({ path, shownBy }) => (shownBy.length ? [] : [path]))).toEqual([])
  })

  test('the list of what nothing fills gets shorter, never longer', () => {
    expect(Object.keys(unfilled).length).toBeLessThanOrEqual(39)
  })

  test('names that nothing has are found, and so are functions and tests that speak of something else', () => {
    const wrong: Filling[] = [
      { by: 'nobodyAtAll', shownBy: [], fields: ['name'] },
      { by: 'staff', shownBy: [], fields: ['bio'] },
      {
        by: 'storeLastLogin',
        shownBy: ['accounts › the last login is recorded', 'made up'],
        fields: ['phone', 'lastLoginAt'],
      },
      { by: 'storeLastLogin', heededBy: 'storeLastLogin', shownBy: [], fields: ['lastLoginAt'] },
    ]
    const found = checkFillings(sources, { users: wrong })
    expect(found.faults).toEqual([
      'users, nobodyAtAll: nothing exports nobodyAtAll',
      'users, staff: what people fill in names who heeds it, and nothing else does',
      'users, storeLastLogin: there is no test "made up"',
      'users, storeLastLogin: storeLastLogin does not speak of phone',
      'users, storeLastLogin: what people fill in names who heeds it, and nothing else does',
      'users.lastLoginAt is named twice',
    ])
    expect(found.filled.get('users.phone')?.shownBy).toEqual([])
  })

  test('tests are read with what they stand in and what they expect', () => {
    const text = `describe('a', () => {
      it.each([1])('b %s', (n) => { make({ given: n }); expect(find()).toEqual({ wanted: n }) })
      describe('c', () => { test('d', async () => { await expect(run()).rejects.toThrow('e') }) })
    })`
    expect(parseTests('x.test.ts', text)).toMatchObject([
      { title: 'a › b %s', expects: 'expect(find()).toEqual({ wanted: n })' },
      { title: 'a › c › d', expects: "expect(run()).rejects.toThrow('e')" },
    ])
  })
})

test('the page is the one that the tables give', async () => {
  expect(await readFile(seedsMapFile, 'utf8')).toBe(makeSeedsMap(sources))
})
