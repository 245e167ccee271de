import { type ASTVisitor, GraphQLError, type ValidationContext, valueFromASTUntyped } from 'graphql'
import { refuseWhole } from '#access/generated-request'
import { variablesOf } from './graphql-cost'

/** Payload takes less than none as all that there is, of lists within records as well: another question than the one that was asked. */
export const graphqlNumbersRule =
  (given: Readonly<Record<string, unknown>>) =>
  (context: ValidationContext): ASTVisitor => {
    let variables: Record<string, unknown> = { ...given }
    return {
      Document: (document) => {
        variables = variablesOf(document, given)
      },
      Argument: ({ name, value }) => {
        if (name.value !== 'limit' && name.value !== 'page') return
        const number: unknown = valueFromASTUntyped(value, variables)
        if (typeof number !== 'number' || number >= 0) return
        const refusal = `${name.value} must be a whole number that is not negative.`
        refuseWhole(refusal)
        // What is answered is made where the request is: here it only has to end.
        context.reportError(new GraphQLError(refusal))
      },
    }
  }
