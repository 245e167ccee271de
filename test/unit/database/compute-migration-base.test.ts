import { describe, expect, it } from 'vitest'
import { computeMigrationBase, isSameSchema, withEnumsInOrderOf } from '#database/compute-migration-base'
import { readRenames } from '#database/compute-renamed-schema'
import type { SchemaSnapshot, SchemaTable } from '#database/schema-snapshot'

const column = (name: string, change: object = {}) => ({
  name,
  type: 'varchar',
  primaryKey: false,
  notNull: false,
  ...change,
})

const index = (...columns: string[]) => ({
  columns: columns.map((expression) => ({ expression, isExpression: false })),
})

const key = (tableFrom: string, from: string, tableTo: string) => ({
  tableFrom,
  columnsFrom: [from],
  tableTo,
  columnsTo: ['id'],
})

const table = (name: string, columns: string[], parts: Partial<SchemaTable> = {}): SchemaTable => ({
  name,
  schema: '',
  columns: Object.fromEntries(['id', ...columns].map((one) => [one, column(one)])),
  indexes: {},
  foreignKeys: {},
  compositePrimaryKeys: {},
  uniqueConstraints: {},
  policies: {},
  checkConstraints: {},
  isRLSEnabled: false,
  ...parts,
})

const schema = (tables: SchemaTable[], enums: Record<string, string[]> = {}): SchemaSnapshot => ({
  version: '7',
  id: String(Math.random()),
  prevId: '',
  tables: Object.fromEntries(tables.map((one) => [`public.${one.name}`, one])),
  enums: Object.fromEntries(
    Object.entries(enums).map(([name, values]) => [`public.${name}`, { name, schema: 'public', values }]),
  ),
  schemas: {},
  sequences: {},
  roles: {},
  policies: {},
  views: {},
})

const base = (productBefore: SchemaSnapshot, extendedBefore: SchemaSnapshot, productNow: SchemaSnapshot) =>
  computeMigrationBase({ productBefore, extendedBefore, productNow })

/** Whether that is all that the database has. */
const expectBase = (found: SchemaSnapshot, expected: SchemaSnapshot): void =>
  expect({ ...found, id: '', prevId: '' }).toEqual({ ...expected, id: '', prevId: '' })

const people = table('people', ['name'])

describe('an unchanged product', () => {
  it('has what the extension’s last migration led to', () => {
    const extended = schema([table('people', ['name', 'nickname']), table('partners', ['name'])], {
      kind: ['a', 'own'],
    })
    expectBase(base(schema([people], { kind: ['a'] }), extended, schema([people], { kind: ['a'] })), extended)
  })

  it('keeps that the extension changed or removed something of it', () => {
    const before = schema([table('people', ['name', 'city'])])
    const extended = schema([{ ...people, columns: { id: column('id'), name: column('name', { notNull: true }) } }])
    expectBase(base(before, extended, before), extended)
  })
})

describe('a product that changed', () => {
  it('has what both added: tables, columns, indexes, keys', () => {
    const own = table('partners', ['person'], {
      foreignKeys: { partners_person_fk: key('partners', 'person', 'people') },
    })
    const extended = schema([
      table('people', ['name', 'nickname'], { indexes: { people_nickname_idx: index('nickname') } }),
      own,
    ])
    const now = schema([
      table('people', ['name', 'city'], { indexes: { people_city_idx: index('city') } }),
      table('cities', ['name']),
    ])
    expectBase(
      base(schema([people]), extended, now),
      schema([
        table('people', ['name', 'city', 'nickname'], {
          indexes: { people_city_idx: index('city'), people_nickname_idx: index('nickname') },
        }),
        table('cities', ['name']),
        own,
      ]),
    )
  })

  it('has the product’s column where both made one of that name, and where both changed one', () => {
    const before = schema([people])
    const change = (name: object, city: object) =>
      schema([{ ...people, columns: { id: column('id'), name: column('name', name), city: column('city', city) } }])
    const now = change({ notNull: true }, { type: 'uuid' })
    expectBase(base(before, change({ default: `'x'` }, { type: 'numeric' }), now), now)
  })

  it('lost a column, and with it the extension’s index and key on it', () => {
    const before = schema([table('people', ['name', 'city'])])
    const extended = schema([
      table('people', ['name', 'city'], {
        indexes: {
          people_city_idx: index('city'),
          people_name_idx: index('name'),
          people_both_idx: index('name', 'city'),
        },
        uniqueConstraints: { people_city_unique: { columns: ['city'] } },
        foreignKeys: { people_city_fk: key('people', 'city', 'people') },
      }),
    ])
    expectBase(
      base(before, extended, schema([people])),
      schema([table('people', ['name'], { indexes: { people_name_idx: index('name') } })]),
    )
  })

  it('lost a table, and with it what the extension had added to it and its keys to it', () => {
    const own = (foreignKeys: SchemaTable['foreignKeys']) => table('partners', ['person'], { foreignKeys })
    const extended = schema([
      table('people', ['name', 'nickname']),
      own({ partners_person_fk: key('partners', 'person', 'people') }),
    ])
    expectBase(base(schema([people]), extended, schema([])), schema([own({})]))
  })

  it('renamed a column: it has the new name alone, also in what the extension made of it', () => {
    const parts = (column: string): Partial<SchemaTable> => ({
      indexes: { own_idx: index(column, 'nickname') },
      uniqueConstraints: { own_unique: { columns: [column] } },
    })
    const extended = schema([table('people', ['name', 'nickname'], parts('name'))])
    const renames = readRenames(
      'export async function up() { ALTER TABLE "people" RENAME COLUMN "name" TO "title"; } export async function down() { ALTER TABLE "people" RENAME COLUMN "title" TO "name"; }',
    )
    expectBase(
      computeMigrationBase({
        productBefore: schema([people]),
        extendedBefore: extended,
        productNow: schema([table('people', ['title'])]),
        renames,
      }),
      schema([table('people', ['title', 'nickname'], parts('title'))]),
    )
  })

  it('renamed a table: what the extension had added to it went along, and so did its keys', () => {
    const own = (to: string) =>
      table('partners', ['person'], { foreignKeys: { partners_person_fk: key('partners', 'person', to) } })
    expectBase(
      computeMigrationBase({
        productBefore: schema([people]),
        extendedBefore: schema([table('people', ['name', 'nickname']), own('people')]),
        productNow: schema([table('persons', ['name'])]),
        renames: readRenames('ALTER TABLE "people" RENAME TO "persons";'),
      }),
      schema([table('persons', ['name', 'nickname']), own('persons')]),
    )
  })

  it('changed what the extension had removed: then it is there', () => {
    const before = schema([table('people', ['name', 'city'])])
    const now = schema([{ ...people, columns: { ...people.columns, city: column('city', { notNull: true }) } }])
    expectBase(base(before, schema([people]), now), now)
  })
})

describe('options', () => {
  const withOptions = (...values: string[]) => schema([people], { kind: values })
  const options = (...args: Parameters<typeof base>) => base(...args).enums['public.kind']?.values

  it('of both are there when the product only added', () => {
    expect(options(withOptions('a', 'b'), withOptions('a', 'b', 'own'), withOptions('a', 'new', 'b'))).toEqual([
      'a',
      'new',
      'b',
      'own',
    ])
  })

  it('that the extension took away stay away', () => {
    expect(options(withOptions('a', 'b'), withOptions('a'), withOptions('a', 'b', 'c'))).toEqual(['a', 'c'])
  })

  it.each([
    ['took one away', ['a']],
    ['put them into another order', ['b', 'a']],
  ])('of the extension are gone when the product %s, as the type was made anew', (_, now) => {
    expect(options(withOptions('a', 'b'), withOptions('a', 'b', 'own'), withOptions(...now))).toEqual(now)
  })

  it('are the same in another order', () => {
    const wanted = withOptions('own', 'a', 'b')
    expect(isSameSchema(withEnumsInOrderOf(wanted, withOptions('a', 'b', 'own')), wanted)).toBe(true)
    expect(isSameSchema(withEnumsInOrderOf(wanted, withOptions('a', 'b')), wanted)).toBe(false)
    expect(
      withEnumsInOrderOf(withOptions('b', 'a'), withOptions('a', 'gone', 'b')).enums['public.kind']?.values,
    ).toEqual(['b', 'a', 'gone'])
  })
})
