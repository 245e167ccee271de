import type { Payload } from 'payload'

const isShutOut = (user: object): boolean =>
  ('isActive' in user && user.isActive === false) || ('_verified' in user && user._verified !== true)

/**
 * A token of a user who is deactivated, or whose address is not confirmed, is no token, whatever way that came to be (by SQL too) and whatever
 * its session says. Put around every way to authenticate when Payload starts.
 */
export const refuseDeactivatedTokens = (payload: Payload): void => {
  payload.authStrategies = payload.authStrategies.map((strategy) => ({
    ...strategy,
    authenticate: async (args) => {
      const result = await strategy.authenticate(args)
      return result.user && isShutOut(result.user) ? { ...result, user: null } : result
    },
  }))
}
