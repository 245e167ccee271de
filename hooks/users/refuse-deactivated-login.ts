import { AuthenticationError, type CollectionBeforeLoginHook } from 'payload'

/** The same answer as for a wrong password: whoever guesses learns nothing. */
export const refuseDeactivatedLogin: CollectionBeforeLoginHook = ({ req, user }) => {
  if (user.isActive === false) throw new AuthenticationError(req.t)
  return user
}
