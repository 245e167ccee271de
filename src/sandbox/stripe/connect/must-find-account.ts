import { Refusal } from '../refusal'
import type { StoredAccount } from '../stored-objects'
import { find, type World } from '../world'

/** @throws Refusal 403: Stripe does not tell whether an account does not exist or is not connected. */
export const mustFindAccount = (world: World, id: string): StoredAccount => {
  const account = find(world, 'accounts', id)
  if (account) return account
  throw new Refusal(403, {
    type: 'invalid_request_error',
    code: 'account_invalid',
    message: `The provided key does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`,
  })
}
