import fc from 'fast-check'
import { hostileBody, hostileHeaders, hostileText } from './hostile-values'
import { type FuzzRequest, fuzzRoles } from './request'
import { type KnownValues, type Schema, valueOf } from './schema-values'

export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }

export type DescribedResponse = { content?: Record<string, { schema?: Schema }> }

export type DescribedOperation = {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, DescribedResponse>
}

export type OpenapiDocument = {
  paths: Record<string, Record<string, DescribedOperation>>
  components: { schemas: Record<string, Schema> }
}

/** `1` where nothing is asked of it, so that it is tried more seldom: it costs a hash of a password each time. */
const seldom: ReadonlySet<string> = new Set(['choosePassword', 'confirmAccount', 'register', 'inviteUser'])

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const encode = (value: string): string => encodeURIComponent(value.toWellFormed())

/** Requests to every operation of the document that `isAsked`: nearly always to its own method, with parameters and bodies that are nearly right. */
export const endpointRequests = (
  document: OpenapiDocument,
  known: KnownValues,
  isAsked: (method: string) => boolean,
): fc.Arbitrary<FuzzRequest> => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      isAsked(method) ? [{ path, method: method.toUpperCase(), operation }] : [],
    ),
  )
  return fc.oneof(
    ...operations.map(({ path, method, operation }) => ({
      weight: seldom.has(operation.operationId) ? 1 : 8,
      arbitrary: requestOf({ path, method, operation }, document, known),
    })),
  )
}

const requestOf = (
  { path, method, operation }: { path: string; method: string; operation: DescribedOperation },
  { components: { schemas } }: OpenapiDocument,
  known: KnownValues,
): fc.Arbitrary<FuzzRequest> => {
  const sources = { schemas, known }
  const { parameters = [], requestBody } = operation
  const partOf = (place: Parameter['in']) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((each) => each.in === place)
          .map(({ name, schema }) => [name, valueOf(schema, name, sources).map(asText)]),
      ),
      { requiredKeys: place === 'path' ? undefined : [] },
    )
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema
  const body = schema
    ? fc.oneof(
        { weight: 10, arbitrary: valueOf(schema, '', sources).map((value) => JSON.stringify(value)) },
        { weight: 1, arbitrary: hostileBody },
      )
    : fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: hostileBody })
  const extra = fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc.tuple(hostileText, hostileText).map(([name, value]) => `${encode(name)}=${encode(value)}`),
    },
    { weight: 1, arbitrary: fc.constantFrom('%', '%ff=%zz', 'a[b][c]=1', '&&=&', 'where[x]=1', 'token[]=x') },
  )
  return fc
    .record({
      role: fc.constantFrom(...fuzzRoles),
      path: partOf('path'),
      query: partOf('query'),
      extra,
      headers: fc.tuple(partOf('header'), hostileHeaders),
      body,
    })
    .map((parts) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encode(String(Reflect.get(parts.path, name) ?? '')),
      )
      const search = [
        ...Object.entries(parts.query).map(([name, value]) => `${encode(name)}=${encode(String(value))}`),
        ...(parts.extra ? [parts.extra] : []),
      ].join('&')
      const [own, hostile] = parts.headers
      const hasBody = method !== 'GET'
      return {
        role: parts.role,
        method,
        target: search ? `${filled}?${search}` : filled,
        headers: {
          ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
          ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)])),
          ...hostile,
        },
        ...(hasBody ? { body: parts.body } : {}),
      }
    })
}
