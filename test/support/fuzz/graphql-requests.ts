import fc from 'fast-check'
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { hostileBody, hostileJson, hostileText } from './hostile-values'
import { type FuzzRequest, fuzzRoles } from './request'

type AnyField = GraphQLField<unknown, unknown>
type Written = { arguments: string; variables: Record<string, unknown>; declared: string[] }

const mostDeep = 3

/** Documents of one root field or several, with every argument now and then; and some that are no documents of this schema. */
export const graphqlRequests = (
  schema: GraphQLSchema,
  kind: 'query' | 'mutation',
  ids: readonly string[],
): fc.Arbitrary<FuzzRequest> => {
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType()
  const fields = Object.values(root?.getFields() ?? {})
  const operation = fc
    .array(
      fc
        .constantFrom(...fields)
        .chain((field) => fc.tuple(fc.constant(field), argumentsOf(field, ids), selectionOf(field, 0))),
      { minLength: 1, maxLength: 2 },
    )
    .map((chosen) => {
      const written = chosen.map(([field, given, selection], index) => {
        const own = rename(given, index)
        return { ...own, text: `f${index}: ${field.name}${own.arguments && `(${own.arguments})`}${selection}` }
      })
      const declared = written.flatMap((each) => each.declared)
      return JSON.stringify({
        query: `${kind} Fuzz${declared.length ? `(${declared.join(', ')})` : ''} { ${written.map(({ text }) => text).join(' ')} }`,
        variables: Object.assign({}, ...written.map(({ variables }) => variables)) as unknown,
      })
    })
  const body =
    kind === 'query' ? fc.oneof({ weight: 8, arbitrary: operation }, { weight: 1, arbitrary: strange }) : operation
  return fc.record({ role: fc.constantFrom(...fuzzRoles), body }).map(({ role, body: text }) => ({
    role,
    method: 'POST',
    target: '/api/graphql',
    headers: { 'Content-Type': 'application/json' },
    body: text,
  }))
}

/** Every variable has a name of its own in the document. */
const rename = ({ arguments: given, variables, declared }: Written, index: number): Written => ({
  arguments: given.replaceAll('$v', `$v${index}_`),
  variables: Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`v${index}_${name.slice(1)}`, value]),
  ),
  declared: declared.map((each) => each.replace('$v', `$v${index}_`)),
})

const argumentsOf = ({ args }: AnyField, ids: readonly string[]): fc.Arbitrary<Written> =>
  fc
    .subarray([...args])
    .chain((some) => {
      const chosen = [...new Set([...some, ...args.filter(({ type }) => isNonNullType(type))])]
      return fc.tuple(...chosen.map((each) => fc.tuple(fc.constant(each), argumentValue(each, ids))))
    })
    .map((values) => ({
      arguments: values.map(([{ name }], index) => `${name}: $v${index}`).join(', '),
      variables: Object.fromEntries(values.map(([, value], index) => [`v${index}`, value])),
      declared: values.map(([{ type }], index) => `$v${index}: ${String(type)}`),
    }))

const argumentValue = ({ name, type }: GraphQLArgument, ids: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: name === 'id' && ids.length ? fc.constantFrom(...ids) : inputOf(type, 0) },
    { weight: 1, arbitrary: hostileJson },
  )

const inputOf = (type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> => {
  if (isNonNullType(type)) return inputOf(type.ofType, depth)
  if (isListType(type))
    return depth > mostDeep ? fc.constant([]) : fc.array(inputOf(type.ofType, depth + 1), { maxLength: 2 })
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name))
  if (isInputObjectType(type)) {
    if (depth > mostDeep) return fc.constant({})
    return fc
      .subarray(Object.values(type.getFields()), { maxLength: Math.min(3, Object.keys(type.getFields()).length) })
      .chain((some) => fc.record(Object.fromEntries(some.map((field) => [field.name, inputOf(field.type, depth + 1)]))))
  }
  switch (getNamedType(type).name) {
    case 'Int':
      return fc.constantFrom(0, 1, 10, -1, 2 ** 31 - 1)
    case 'Float':
      return fc.constantFrom(0, 1.5, -1, 1e21)
    case 'Boolean':
      return fc.boolean()
    case 'DateTime':
      return fc.constantFrom('2027-01-01T10:00:00Z', '2027-02-30T00:00:00Z')
    case 'EmailAddress':
      return fc.constantFrom('ada@fuzz.example')
    case 'JSON':
    case 'JSONObject':
      return hostileJson
    default:
      return fc.oneof(fc.constantFrom('name', '-createdAt', 'user.hash', 'en'), hostileText)
  }
}

const selectionOf = ({ type }: AnyField, depth: number): fc.Arbitrary<string> => {
  const named = getNamedType(type)
  if (isUnionType(named)) return fc.constant(' { __typename }')
  if (!isObjectType(named)) return fc.constant('')
  const fields = Object.values(named.getFields())
  const scalars = fields.filter(
    (field) => !isObjectType(getNamedType(field.type)) && !isUnionType(getNamedType(field.type)),
  )
  const others = fields.filter((field) => !scalars.includes(field) && depth < mostDeep)
  return fc
    .tuple(
      fc.subarray(scalars, { maxLength: Math.min(6, scalars.length) }),
      fc.subarray(others, { maxLength: Math.min(2, others.length) }),
    )
    .chain(([plain, deep]) =>
      fc
        .tuple(...deep.map((field) => selectionOf(field, depth + 1).map((inner) => `${field.name}${inner}`)))
        .map((inner) => ` { ${['__typename', ...plain.map(({ name }) => name), ...inner].join(' ')} }`),
    )
}

const strange: fc.Arbitrary<string> = fc.oneof(
  fc
    .constantFrom(
      ...[
        '',
        '{',
        '{ }',
        'query',
        '{ __typename }',
        '{ nosuch }',
        '{ __schema { types { name } } }',
        'subscription { x }',
      ],
      ...[
        'query A { __typename } query B { __typename }',
        '{ ...A } fragment A on Query { ...A }',
        '{ a: __typename @skip(if: $x) }',
      ],
      ...[
        'query($a: [[Int]]) { __typename }',
        '{ Access { canAccessAdmin } }',
        '{ Users(limit: -1, page: 0) { docs { hash } } }',
      ],
      `{ ${Array.from({ length: 40 }, (_, index) => `a${index}: __typename`).join(' ')} }`,
      `${'{ a '.repeat(200)}${'}'.repeat(200)}`,
    )
    .map((query) => JSON.stringify({ query })),
  fc
    .record({ query: fc.constant('{ __typename }'), variables: hostileJson, operationName: hostileJson })
    .map((body) => JSON.stringify(body)),
  fc.constantFrom(
    '[{"query":"{ __typename }"}]',
    '{"query":7}',
    '{"query":null}',
    '{"query":["x"]}',
    '{"id":"x","extensions":{}}',
  ),
  hostileBody,
)
