import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import { settleLogin } from '../settle-login'
import { computeTotpStep } from './compute-totp-step'
import { findTotp, lockFactors, readPasskeys, usePasskeyCounter, useRecoveryCode, useTotpStep } from './factor-queries'
import { countFactorTry, forgiveFactorTry, forgiveWaitingLogin } from './guard-tries'
import { keepInBrowser } from './login-token'
import { type OpenedSession, openSession } from './open-session'
import { type PasskeyAnswer, verifyPasskey } from './passkeys'
import { hashRecoveryCode } from './recovery-codes'
import { tellOwner } from '../tell-owner'
import { openTotpSecret } from './totp-secret'
import { takeChallenge, type WaitingLogin } from './waiting-login-queries'

/** What somebody shows beside their password: the code of an app, one of the codes for emergencies, or what their key has signed. */
export type Proof = { code: string } | { recoveryCode: string } | { passkey: PasskeyAnswer }

const acceptCode = async (req: PayloadRequest, userId: string, code: string): Promise<boolean> => {
  const factor = await findTotp(req, userId, 'confirmed')
  const step = factor && computeTotpStep(openTotpSecret(factor.id, factor.secret), code, Date.now())
  return factor !== undefined && step !== undefined && useTotpStep(req, factor.id, step)
}

const acceptRecoveryCode = async (req: PayloadRequest, userId: string, typed: string): Promise<boolean> => {
  const isUsed = await useRecoveryCode(req, userId, hashRecoveryCode(typed))
  if (isUsed) await tellOwner(req, userId, 'recovery_code_used')
  return isUsed
}

const acceptPasskey = async (
  req: PayloadRequest,
  userId: string,
  { answer, challenge }: { answer: PasskeyAnswer; challenge: string | undefined },
): Promise<boolean> => {
  const key = (await readPasskeys(req, userId)).find(({ credentialId }) => credentialId === answer.id)
  if (!key || challenge === undefined) return false
  const counter = await verifyPasskey(answer, { challenge, key })
  return counter !== undefined && usePasskeyCounter(req, key.id, counter)
}

/**
 * Lets somebody in who shows their second factor: their waiting login becomes a session. Each code and each challenge is good once.
 * @throws DomainError `second_factor_required` for what is wrong or used up, `rate_limited` after too many of these, `unauthenticated` when the
 *   waiting login has run out.
 */
export const finishLogin = async (req: PayloadRequest, waiting: WaitingLogin, proof: Proof): Promise<OpenedSession> => {
  const owner = { id: waiting.userId, email: waiting.email }
  const mayPass = await countFactorTry(req, owner)
  // Before the transaction: whatever becomes of it, the challenge is used up.
  const challenge =
    'passkey' in proof ? await takeChallenge(req, { loginId: waiting.id, purpose: 'log_in' }) : undefined
  const session = await withTransaction(req, async (tx) => {
    await lockFactors(tx, owner.id)
    const isAccepted =
      mayPass &&
      ('code' in proof
        ? await acceptCode(tx, owner.id, proof.code)
        : 'recoveryCode' in proof
          ? await acceptRecoveryCode(tx, owner.id, proof.recoveryCode)
          : await acceptPasskey(tx, owner.id, { answer: proof.passkey, challenge }))
    return isAccepted ? openSession(tx, waiting) : undefined
  })
  if (!session) {
    throw new DomainError(
      'second_factor_required',
      'That is not right, has run out, or was used before. Take the next code that the app shows, or a recovery code.',
    )
  }
  await forgiveFactorTry(req, owner)
  await forgiveWaitingLogin(req, owner)
  await settleLogin(req, session.user)
  keepInBrowser(req, session.token)
  return session
}
