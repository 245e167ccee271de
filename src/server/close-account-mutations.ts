import type { Config } from 'payload'
import { type ClosedOperation, refuseClosedOperation } from '#hooks/users/close-payload-links'

type Mutations = NonNullable<NonNullable<Config['graphQL']>['mutations']>

/** Payload's mutations for links about logins, which it makes for every collection with logins. */
const closed: Readonly<Record<string, ClosedOperation>> = {
  verifyEmailUser: 'verifyEmail',
  resetPasswordUser: 'resetPassword',
  forgotPasswordUser: 'forgotPassword',
}

/** The mutations stay in the schema, and say what to do instead. */
export const closeAccountMutations: Mutations = (_graphql, { Mutation }) => {
  for (const [name, operation] of Object.entries(closed)) {
    const field = Mutation.fields[name]
    if (!field) throw new Error(`GraphQL has no mutation ${name} any more: look which one took its place.`)
    field.resolve = () => refuseClosedOperation(operation)
  }
  return {}
}
