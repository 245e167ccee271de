import type { Config } from 'payload'

type Queries = NonNullable<NonNullable<Config['graphQL']>['queries']>

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Payload says of nobody but who is logged in whether they may use the admin, although its schema promises an answer: nobody else may. */
export const answerWhetherAdmin: Queries = (graphql, { Query }) => {
  const access: unknown = Query.fields.Access.type
  if (access instanceof graphql.GraphQLObjectType) {
    const field = access.getFields().canAccessAdmin
    if (field) field.resolve = (results: unknown) => isRecord(results) && results.canAccessAdmin === true
  }
  return {}
}
