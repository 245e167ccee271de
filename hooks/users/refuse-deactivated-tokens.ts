import type { Payload } from 'payload'

/**
 * A token of a deactivated user is no token, whatever way it was deactivated (by SQL too) and whatever its session says. Put
 * around every way to authenticate when Payload starts.
 */
export const refuseDeactivatedTokens = (payload: Payload): void => {
  payload.authStrategies = payload.authStrategies.map((strategy) => ({
    ...strategy,
    authenticate: async (args) => {
      const result = await strategy.authenticate(args)
      return result.user && 'isActive' in result.user && result.user.isActive === false
        ? { ...result, user: null }
        : result
    },
  }))
}
