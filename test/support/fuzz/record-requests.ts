import fc from 'fast-check'
import type { FlattenedField, Payload } from 'payload'
import { followField } from '#database/follow-field'
import { hostileBody, hostileHeaders, hostileJson, hostileText } from './hostile-values'
import { type FuzzRequest, fuzzRoles } from './request'

/** What the requests may name: the ids of records, by collection, and the files that are there. */
export type KnownRecords = { ids: Readonly<Record<string, readonly string[]>>; files: readonly string[] }

type Table = { slug: string; isGlobal: boolean; fields: FlattenedField[]; paths: Path[]; ids: readonly string[] }
type Path = { path: string; field: FlattenedField }

const operators = [
  ...[
    'equals',
    'not_equals',
    'in',
    'not_in',
    'all',
    'exists',
    'like',
    'not_like',
    'contains',
    'near',
    'within',
    'intersects',
  ],
  ...['greater_than', 'greater_than_equal', 'less_than', 'less_than_equal', 'sounds', 'constructor'],
]

const encode = (value: string): string => encodeURIComponent(value.toWellFormed())
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Requests to everything that Payload generates: lists, records, versions, globals, files, logins. `isChange`: those that may write. */
export const recordRequests = (payload: Payload, known: KnownRecords, isChange: boolean): fc.Arbitrary<FuzzRequest> => {
  const tables = tablesOf(payload, known)
  return fc
    .constantFrom(...tables)
    .chain((table) => (isChange ? changeOf(table, tables) : readOf(table, tables, known)))
}

const tablesOf = (payload: Payload, { ids }: KnownRecords): Table[] => [
  ...payload.config.collections.map(({ slug, flattenedFields }) => ({
    slug,
    isGlobal: false,
    fields: flattenedFields,
    paths: pathsOf(payload, flattenedFields),
    ids: ids[slug] ?? [],
  })),
  ...payload.config.globals.map(({ slug, flattenedFields }) => ({
    slug: `globals/${slug}`,
    isGlobal: true,
    fields: flattenedFields,
    paths: pathsOf(payload, flattenedFields),
    ids: [],
  })),
]

/** Every path within the record, and one step further through its relations. */
const pathsOf = (payload: Payload, fields: FlattenedField[], within = '', steps = 0): Path[] =>
  fields.flatMap((field) => {
    const path = `${within}${field.name}`
    const next = followField(field)
    if (!next) return [{ path, field }]
    if (next.slug === undefined) return [{ path, field }, ...pathsOf(payload, next.fields, `${path}.`, steps)]
    const related = Object.values(payload.collections).find(({ config }) => config.slug === next.slug)
    return [
      { path, field },
      ...(steps < 1 && related ? pathsOf(payload, related.config.flattenedFields, `${path}.`, steps + 1) : []),
    ]
  })

/** A value that a field may hold, or nearly. */
const fieldValue = (field: FlattenedField, tables: readonly Table[], depth = 0): fc.Arbitrary<unknown> => {
  const many = (one: fc.Arbitrary<unknown>) =>
    'hasMany' in field && field.hasMany ? fc.oneof(fc.array(one, { maxLength: 3 }), one) : one
  switch (field.type) {
    case 'number':
      return many(fc.oneof(fc.integer({ min: -5, max: 200_000 }), fc.constantFrom(1.5, '7', 1e12)))
    case 'checkbox':
      return fc.boolean()
    case 'date':
      return fc.constantFrom('2027-01-01T10:00:00.000Z', '2027-02-30T10:00:00.000Z', '2027-01-01', 0)
    case 'select':
    case 'radio':
      return many(
        fc.constantFrom(...field.options.map((option) => (typeof option === 'object' ? option.value : option))),
      )
    case 'relationship':
    case 'upload': {
      const slugs = [field.relationTo].flat()
      const ids = slugs.flatMap((slug) => tables.find((table) => table.slug === slug)?.ids ?? [])
      return many(ids.length ? fc.constantFrom(...ids) : fc.uuid())
    }
    case 'group':
    case 'tab':
      return depth > 3 ? fc.constant({}) : dataOf(field.flattenedFields, tables, depth + 1)
    case 'array':
      return depth > 3 ? fc.constant([]) : fc.array(dataOf(field.flattenedFields, tables, depth + 1), { maxLength: 2 })
    case 'richText':
      return fc.constantFrom<unknown>(
        { root: { type: 'root', children: [], direction: null, format: '', indent: 0, version: 1 } },
        {
          root: {
            type: 'root',
            children: [{ type: 'link', fields: { url: 'javascript:alert(1)' }, children: [], version: 1 }],
          },
        },
        { root: { children: [{}] } },
        { root: 7 },
      )
    case 'email':
      return fc.constantFrom('ada@fuzz.example', 'x')
    case 'json':
      return fc.oneof(fc.constant({}), fc.jsonValue({ maxDepth: 2 }))
    default:
      return many(
        fc.oneof(fc.constantFrom('Ada', 'en', '2027-01', 'https://fuzz.example/'), fc.string({ maxLength: 12 })),
      )
  }
}

const nearly = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: valid }, { weight: 1, arbitrary: hostileJson })

const dataOf = (fields: FlattenedField[], tables: readonly Table[], depth = 0): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .subarray(fields, { maxLength: Math.min(fields.length, 5) })
    .chain((some) =>
      fc.record(Object.fromEntries(some.map((field) => [field.name, nearly(fieldValue(field, tables, depth))]))),
    )

type Pair = readonly [name: string, value: string]

const condition = ({ paths }: Table, tables: readonly Table[]): fc.Arbitrary<Pair> =>
  fc.constantFrom(...paths).chain(({ path, field }) =>
    fc
      .record({
        name: fc.oneof(
          { weight: 8, arbitrary: fc.constant(path) },
          { weight: 1, arbitrary: fc.constant(path.replaceAll('.', '__')) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(`${path}.x`, `${path}.`, `.${path}`, 'nosuch', 'id', '__proto__', 'version.id'),
          },
        ),
        operator: fc.constantFrom(...operators),
        within: fc.constantFrom(
          'where',
          'where',
          'where[and][0]',
          'where[or][0]',
          'where[or][1][and][0]',
          'where[and]',
          'where[or][x]',
        ),
        tail: fc.constantFrom('', '', '', '', '', '[]', '[x]', '[0][0]'),
        value: nearly(fieldValue(field, tables)).map(asText),
      })
      .map(({ name, operator, within, tail, value }): Pair => [`${within}[${name}][${operator}]${tail}`, value]),
  )

const pathName = ({ paths }: Table): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...paths.map(({ path }) => path)) },
    { weight: 1, arbitrary: hostileText },
  )

const parameter = (table: Table, tables: readonly Table[]): fc.Arbitrary<Pair> => {
  const { slug } = table
  const odd = fc.oneof(
    fc.constantFrom('0', '1', '-1', '1.5', '10', '1e3', '', 'x', 'Infinity', '99999999999'),
    hostileText,
  )
  const named = pathName(table)
  return fc.oneof(
    { weight: 6, arbitrary: condition(table, tables) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom('', '-', '--'), named).map(([sign, name]): Pair => ['sort', sign + name]),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(named, odd).map(([name, value]): Pair => [`select[${name.replaceAll('.', '][')}]`, value]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...tables.map((each) => each.slug)), named, odd)
        .map(([of, name, value]): Pair => [`populate[${of}][${name}]`, value]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(named, fc.constantFrom('limit', 'page', 'sort', 'where', 'count', 'x'), odd)
        .map(([name, part, value]): Pair => [`joins[${name}][${part}]`, value]),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(
        fc.constantFrom(
          ...[
            'limit',
            'page',
            'depth',
            'draft',
            'locale',
            'fallback-locale',
            'pagination',
            'trash',
            'where',
            'select',
            'sort',
          ],
          ...[
            'populate',
            'joins',
            'publishSpecificLocale',
            'autosave',
            'overrideLock',
            'uploadEdits',
            'token',
            'currentDepth',
          ],
          ...['_payload', 'collections', 'key', 'globals', 'data', 'user', `${slug}`],
        ),
        odd,
      ),
    },
  )
}

const searchOf = (table: Table, tables: readonly Table[]): fc.Arbitrary<string> =>
  fc.array(parameter(table, tables), { maxLength: 4 }).map((pairs) => {
    const search = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
    return search && `?${search}`
  })

const idOf = ({ ids }: Table): fc.Arbitrary<string> =>
  fc.oneof(
    ...(ids.length ? [{ weight: 6, arbitrary: fc.constantFrom(...ids) }] : []),
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: hostileText.map(encode) },
  )

const readOf = (table: Table, tables: readonly Table[], { files }: KnownRecords): fc.Arbitrary<FuzzRequest> => {
  const name = fc.oneof(fc.constantFrom(...files), hostileText.map(encode))
  const tails: fc.Arbitrary<string> = table.isGlobal
    ? fc.oneof(
        fc.constantFrom('', '/', '/access', '/versions', '/x'),
        idOf(table).map((id) => `/versions/${id}`),
      )
    : fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom('', '', '', '/count', '/versions', '/') },
        { weight: 4, arbitrary: idOf(table).map((id) => `/${id}`) },
        { weight: 1, arbitrary: idOf(table).map((id) => `/versions/${id}`) },
        { weight: 1, arbitrary: name.map((file) => `/file/${file}`) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('/me', '/init', '/access', '/verify', '/paste-url/x', '/file', '/x/y/z'),
        },
      )
  return fc
    .record({
      role: fc.constantFrom(...fuzzRoles),
      method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD'),
      tail: tails,
      search: searchOf(table, tables),
      headers: hostileHeaders,
    })
    .map(({ tail, search, ...rest }) => ({ ...rest, target: `/api/${table.slug}${tail}${search}` }))
}

/** A list is never changed as a whole: what is left of the world is asked for afterwards. */
const oneOf = ({ ids }: Table): fc.Arbitrary<string> =>
  (ids.length ? fc.constantFrom(...ids) : fc.uuid()).map((id) => `where[and][9][id][equals]=${id}`)

const changeOf = (table: Table, tables: readonly Table[]): fc.Arbitrary<FuzzRequest> => {
  const json = dataOf(table.fields, tables).map((data) => JSON.stringify(data))
  const id = idOf(table)
  const bulk = fc
    .tuple(searchOf(table, tables), oneOf(table))
    .map(([search, one]) => (search ? `${search}&${one}` : `?${one}`))
  const addressed: fc.Arbitrary<readonly [method: string, tail: string]> = table.isGlobal
    ? fc.oneof(
        fc.tuple(fc.constantFrom('POST', 'PATCH', 'PUT', 'DELETE'), fc.constantFrom('', '/access')),
        fc.tuple(
          fc.constant('POST'),
          id.map((version) => `/versions/${version}`),
        ),
      )
    : fc.oneof(
        { weight: 3, arbitrary: fc.tuple(fc.constant('POST'), fc.constantFrom('', '', '', '/count', '/x')) },
        {
          weight: 4,
          arbitrary: fc.tuple(
            fc.constantFrom('PATCH', 'PATCH', 'PATCH', 'DELETE', 'PUT', 'OPTIONS'),
            id.map((one) => `/${one}`),
          ),
        },
        { weight: 2, arbitrary: fc.tuple(fc.constantFrom('PATCH', 'DELETE'), bulk) },
        {
          weight: 1,
          arbitrary: fc.tuple(
            fc.constant('POST'),
            id.map((one) => `/${one}/duplicate`),
          ),
        },
        {
          weight: 1,
          arbitrary: fc.tuple(
            fc.constant('POST'),
            id.map((one) => `/access/${one}`),
          ),
        },
        {
          weight: 1,
          arbitrary: fc.tuple(
            fc.constant('POST'),
            id.map((one) => `/versions/${one}`),
          ),
        },
        {
          weight: 1,
          arbitrary: fc.tuple(
            fc.constant('POST'),
            fc.constantFrom(
              '/login',
              '/refresh-token',
              '/unlock',
              '/reset-password',
              '/first-register',
              '/forgot-password',
              '/verify/x',
            ),
          ),
        },
      )
  const form = fc
    .tuple(fc.constantFrom('_payload', '_payload', 'x'), fc.oneof(json, hostileBody))
    .map(([name, value]) => ({
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `${name}=${encode(value)}`,
    }))
  const parts = fc
    .record({
      data: fc.oneof(json, hostileBody),
      name: fc.oneof(fc.constantFrom('a.png', 'a.svg', '../a.png', 'a.png\u0000.html', '"'), hostileText),
      type: fc.constantFrom('image/png', 'image/svg+xml', 'text/html', 'x'),
      content: fc.constantFrom('\u0089PNG\r\n\u001a\n', '<svg onload="alert(1)"/>', '', 'GIF89a', '%PDF-1.4'),
    })
    .map(({ data, name, type, content }) => ({
      headers: { 'Content-Type': 'multipart/form-data; boundary=fuzz' },
      body: [
        ...['--fuzz', 'Content-Disposition: form-data; name="_payload"', '', data],
        ...[
          '--fuzz',
          `Content-Disposition: form-data; name="file"; filename="${name}"`,
          `Content-Type: ${type}`,
          '',
          content,
        ],
        ...['--fuzz--', ''],
      ].join('\r\n'),
    }))
  const plain = fc
    .tuple(fc.oneof({ weight: 8, arbitrary: json }, { weight: 1, arbitrary: hostileBody }), hostileHeaders)
    .map(([body, headers]) => ({ headers: { 'Content-Type': 'application/json', ...headers }, body }))
  return fc
    .record({
      role: fc.constantFrom(...fuzzRoles),
      addressed,
      search: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: searchOf(table, tables) }),
      content: fc.oneof(
        { weight: 8, arbitrary: plain },
        { weight: 1, arbitrary: form },
        { weight: 1, arbitrary: parts },
      ),
    })
    .map(({ role, addressed: [method, tail], search, content }) => {
      const target = `/api/${table.slug}${tail}`
      return { role, method, target: target.includes('?') ? target : target + search, ...content }
    })
}
