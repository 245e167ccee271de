import type { Payload, PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { endLoginSessions } from '../login-session-queries'
import { deleteAllFactors, lockFactors } from './factor-queries'
import { forgiveFactorTries } from './guard-tries'
import { tellOwner } from '../tell-owner'

/**
 * Takes all factors from somebody who has lost them, logs them out everywhere, and tells them. Without any nothing happens.
 * @returns how many there were.
 */
export const resetFactors = async (from: Payload | PayloadRequest, userId: string): Promise<number> => {
  const removed = await withTransaction(from, async (req) => {
    await lockFactors(req, userId)
    const count = await deleteAllFactors(req, userId)
    if (!count) return 0
    await endLoginSessions(req, userId, null)
    await tellOwner(req, userId, 'second_factor_reset')
    return count
  })
  await forgiveFactorTries(userId)
  return removed
}
