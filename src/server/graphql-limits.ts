import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth'
import type { ExecutionArgs, GraphQLError, ValidationContext, ValidationRule } from 'graphql'
import type { PayloadRequest } from 'payload'
import { graphqlCostRule } from './graphql-cost'
import { graphqlNumbersRule } from './graphql-numbers'

/** Of one document. The complexity is Payload's, which counts fields. */
export const graphqlBounds = { depth: 8, aliases: 15, complexity: 500 } as const

/** Reported like any other fault of a query; thrown, as these rules do on their own, it would end as an empty 500. */
const report = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
}

const isAsking = (context: unknown): context is { req: Pick<PayloadRequest, 'payload' | 'user'> } =>
  typeof context === 'object' && context !== null && 'req' in context

/**
 * What one query may ask for, beside Payload's `maxComplexity`, which counts fields but neither how deep they lie, nor how
 * often the same one is asked for under other names, nor how many records they bring.
 */
export const graphqlLimits = ({ contextValue, variableValues }: ExecutionArgs): ValidationRule[] => [
  maxDepthRule({ n: graphqlBounds.depth, ...report }),
  maxAliasesRule({ n: graphqlBounds.aliases, ...report }),
  graphqlNumbersRule(variableValues ?? {}),
  ...(isAsking(contextValue) ? [graphqlCostRule(contextValue.req, variableValues ?? {})] : []),
]
