import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth'
import type { GraphQLError, ValidationContext } from 'graphql'

/** Reported like any other fault of a query; thrown, as these rules do on their own, it would end as an empty 500. */
const report = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
}

/**
 * What one query may ask for, beside Payload's `maxComplexity`, which counts fields but neither how deep they lie nor how
 * often the same one is asked for under other names.
 */
export const graphqlLimits = [maxDepthRule({ n: 8, ...report }), maxAliasesRule({ n: 15, ...report })]
