import type { PayloadRequest } from 'payload'
import { txDb, withTransaction } from '#database/transactions'
import { isSecondFactorDemanded } from '#database/waiting-logins'
import { DomainError } from '#shared/errors'
import { deleteAllFactors, deleteFactor, lockFactors, readFactors } from './factor-queries'
import { tellOwner } from '../tell-owner'

/**
 * Takes one of somebody's own factors away; with the last one its recovery codes go.
 * @throws DomainError `not_found`; `outside_policy` for the last one while one is demanded.
 */
export const removeFactor = (from: PayloadRequest, userId: string, id: string): Promise<void> =>
  withTransaction(from, async (req) => {
    await lockFactors(req, userId)
    const factors = await readFactors(req, userId)
    if (!factors.some((factor) => factor.id === id)) {
      throw new DomainError('not_found', 'There is no such second factor any more.')
    }
    const isLast = factors.length === 1
    if (isLast && (await isSecondFactorDemanded(await txDb(req), userId))) {
      throw new DomainError('outside_policy', 'You have to have a second factor. Add another one first.')
    }
    if (isLast) await deleteAllFactors(req, userId)
    else await deleteFactor(req, userId, id)
    await tellOwner(req, userId, 'second_factor_removed')
  })
