import type { Config } from 'payload'

type Queries = NonNullable<NonNullable<Config['graphQL']>['queries']>
type Graphql = Parameters<Queries>[0]
type ObjectType = InstanceType<Graphql['GraphQLObjectType']>

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * Payload says what one may do in short: `true` for all of a part, and nothing where it is not allowed. Its schema of GraphQL promises an answer for each
 * part, so whoever asked for one was answered with a fault. And of globals it takes the arguments of the field for its context, and fails for everybody.
 */
export const answerAccess: Queries = (graphql, { Query }) => {
  const seen = new Set<ObjectType>()
  for (const [name, field] of Object.entries<AccessField>(Query.fields)) {
    const isOfRecord = name.startsWith('docAccess')
    if (name !== 'Access' && !isOfRecord) continue
    const type: unknown = field.type
    if (graphql.isType(type)) readShort(graphql, graphql.getNamedType(type), seen)
    if (!isOfRecord || Object.keys(field.args ?? {}).length) continue
    const answer = field.resolve
    field.resolve = (source, _args, context) => answer?.(source, context)
  }
  return {}
}

type AccessField = { type?: unknown; args?: object; resolve?: (source: unknown, ...rest: unknown[]) => unknown }

/** A part of what is allowed as a whole is allowed. */
const partOf = (allowed: unknown, name: string): unknown => {
  if (allowed === true) return true
  return isRecord(allowed) ? allowed[name] : undefined
}

const readShort = (graphql: Graphql, type: unknown, seen: Set<ObjectType>): void => {
  if (!(type instanceof graphql.GraphQLObjectType) || seen.has(type)) return
  seen.add(type)
  for (const [name, field] of Object.entries(type.getFields())) {
    const named = graphql.getNamedType(field.type)
    if (named === graphql.GraphQLBoolean) field.resolve = (allowed: unknown) => partOf(allowed, name) === true
    if (!(named instanceof graphql.GraphQLObjectType)) continue
    field.resolve = (allowed: unknown) => partOf(allowed, name)
    readShort(graphql, named, seen)
  }
}
