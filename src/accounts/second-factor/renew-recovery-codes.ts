import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import { lockFactors, readFactors, replaceRecoveryCodes } from './factor-queries'
import { createRecoveryCodes, hashRecoveryCode } from './recovery-codes'
import { tellOwner } from '../tell-owner'

/** Makes a new set within the open transaction. @returns the codes, which stand nowhere else. */
export const renewCodesOf = async (req: PayloadRequest, userId: string): Promise<string[]> => {
  const codes = createRecoveryCodes()
  await replaceRecoveryCodes(req, userId, codes.map(hashRecoveryCode))
  return codes
}

/** @throws DomainError `illegal_transition` without a second factor, which they are to stand in for. */
export const renewRecoveryCodes = (from: PayloadRequest, userId: string): Promise<string[]> =>
  withTransaction(from, async (req) => {
    await lockFactors(req, userId)
    if (!(await readFactors(req, userId)).length) {
      throw new DomainError(
        'illegal_transition',
        'Set up an app or a passkey first: the codes are for when it is lost.',
      )
    }
    await tellOwner(req, userId, 'recovery_codes_renewed')
    return renewCodesOf(req, userId)
  })
