import fc from 'fast-check'
import { hostileJson, hostileText } from './hostile-values'

/** As much of JSON Schema as the document uses. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema | boolean
  prefixItems?: Schema[]
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  format?: string
  pattern?: string
}

/** What is there, by the name of a property or parameter: slugs, references, tokens, times. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>

type Sources = { schemas: Readonly<Record<string, Schema>>; known: KnownValues }

const mostDeep = 6

/** A value that the schema takes nine times out of ten in each of its parts, and often one that is really there. */
export const valueOf = (schema: Schema, name: string, sources: Sources, depth = 0): fc.Arbitrary<unknown> => {
  const known = Object.hasOwn(sources.known, name) ? (sources.known[name] ?? []) : []
  const valid = depth > mostDeep ? fc.constant(null) : validOf(schema, name, sources, depth)
  return fc.oneof(
    { weight: 10, arbitrary: valid },
    { weight: 1, arbitrary: hostileJson },
    ...(known.length ? [{ weight: 30, arbitrary: fc.constantFrom(...known) }] : []),
  )
}

const resolve = (schema: Schema, { schemas }: Sources): Schema => {
  const name = schema.$ref?.split('/').at(-1)
  const found = name === undefined ? undefined : schemas[name]
  return found ?? schema
}

const validOf = (given: Schema, name: string, sources: Sources, depth: number): fc.Arbitrary<unknown> => {
  const schema = resolve(given, sources)
  const alternatives = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (alternatives?.length) return fc.oneof(...alternatives.map((one) => valueOf(one, name, sources, depth + 1)))
  if (schema.enum?.length) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'any']
  return fc.oneof(...types.map((type) => typedOf(type, schema, sources, depth)))
}

const typedOf = (type: string, schema: Schema, sources: Sources, depth: number): fc.Arbitrary<unknown> => {
  switch (type) {
    case 'object':
      return objectOf(schema, sources, depth)
    case 'array': {
      const item = typeof schema.items === 'object' ? schema.items : (schema.prefixItems?.[0] ?? {})
      return fc.array(valueOf(item, '', sources, depth + 1), { minLength: schema.minItems ?? 0, maxLength: 4 })
    }
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(schema.minimum ?? -10, -1_000_000),
        max: Math.min(schema.maximum ?? 1_000_000, 1_000_000),
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return textOf(schema)
    default:
      return hostileJson
  }
}

const textOf = ({ format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> => {
  switch (format) {
    case 'email':
      return fc.constantFrom('ada@fuzz.example', 'jo+x@fuzz.example', 'ünï@fuzz.example')
    case 'uri':
      return fc.constantFrom('https://fuzz.example/', 'http://127.0.0.1:1/x', 'ftp://fuzz.example')
    case 'date-time':
      return fc
        .date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
        .map((at) => at.toISOString())
    case 'uuid':
      return fc.uuid()
    default:
      return fc.oneof(
        fc.string({ minLength: Math.min(minLength, 40), maxLength: Math.min(maxLength, 40) }),
        hostileText,
      )
  }
}

const objectOf = (schema: Schema, sources: Sources, depth: number): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [], additionalProperties } = schema
  const parts = Object.entries(properties).map(
    ([key, inner]) => [key, valueOf(inner, key, sources, depth + 1)] as const,
  )
  const record = fc.record(Object.fromEntries(parts), {
    requiredKeys: required.filter((key) => Object.hasOwn(properties, key)),
  })
  const free =
    typeof additionalProperties === 'object' ? valueOf(additionalProperties, '', sources, depth + 1) : hostileJson
  const isFree = typeof additionalProperties === 'object'
  return fc.oneof(
    { weight: isFree ? 2 : 12, arbitrary: record },
    {
      weight: 1,
      arbitrary: fc.tuple(record, hostileText, free).map(([known, key, value]) => ({ ...known, [key]: value })),
    },
    // One that is required is left out.
    ...(required.length
      ? [
          {
            weight: 1,
            arbitrary: fc
              .tuple(record, fc.constantFrom(...required))
              .map(([known, key]) => Object.fromEntries(Object.entries(known).filter(([name]) => name !== key))),
          },
        ]
      : []),
  )
}
