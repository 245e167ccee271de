import { AuthenticationError, type CollectionBeforeLoginHook } from 'payload'

/** The same answer as for a wrong password: whoever guesses learns nothing. */
export const refuseUnconfirmedLogin: CollectionBeforeLoginHook = ({ req, user }) => {
  if (user._verified !== true) throw new AuthenticationError(req.t)
  return user
}
