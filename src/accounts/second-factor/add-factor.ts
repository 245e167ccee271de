import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { createId } from '#shared/ids'
import { settleLogin } from '../settle-login'
import { computeTotpStep, computeTotpUri } from './compute-totp-step'
import { mostFactors } from './factor-kinds'
import {
  confirmTotp,
  findTotp,
  insertPasskey,
  insertTotp,
  lockFactors,
  readFactors,
  readPasskeys,
} from './factor-queries'
import type { FactorOwner } from './find-factor-owner'
import { countFactorTry, forgiveFactorTry, forgiveWaitingLogin } from './guard-tries'
import { keepInBrowser } from './login-token'
import { type OpenedSession, openSession } from './open-session'
import { createNewPasskeyOptions, type NewPasskeyAnswer, type PasskeyOptions, verifyNewPasskey } from './passkeys'
import { renewCodesOf } from './renew-recovery-codes'
import { tellOwner } from '../tell-owner'
import { createTotpSecret, openTotpSecret, sealTotpSecret } from './totp-secret'
import { keepOneSession, storeChallenge, takeChallenge } from './waiting-login-queries'

/** What becomes of adding one: with the first one come the recovery codes, and who waited for it is in. */
export type AddedFactor = { recoveryCodes: string[] | null; session: OpenedSession | null }

/** An app that is being set up; it counts once it has shown a code. */
export const beginTotp = (
  from: PayloadRequest,
  owner: FactorOwner,
  name: string,
): Promise<{ secret: string; uri: string }> =>
  withTransaction(from, async (req) => {
    await lockFactors(req, owner.id)
    const id = createId()
    const secret = createTotpSecret()
    await insertTotp(req, { id, userId: owner.id, name, secret: sealTotpSecret(id, secret) })
    return { secret, uri: computeTotpUri(secret, { issuer: new URL(settings.serverUrl).hostname, label: owner.email }) }
  })

/** @throws DomainError `invalid_request` for a code that is not right, `rate_limited`, `illegal_transition` when none is being set up. */
export const finishTotp = async (req: PayloadRequest, owner: FactorOwner, code: string): Promise<AddedFactor> => {
  const mayPass = await countFactorTry(req, owner)
  const added = await addFactor(req, owner, async (tx) => {
    const factor = await findTotp(tx, owner.id, 'unconfirmed')
    if (!factor) throw new DomainError('illegal_transition', 'Begin again: no app is being set up, or it took an hour.')
    const step = computeTotpStep(openTotpSecret(factor.id, factor.secret), code, Date.now())
    if (!mayPass || step === undefined) throw notRight('code', 'This is not the code that the app shows now.')
    await confirmTotp(tx, { id: factor.id, userId: owner.id, step })
  })
  await forgiveFactorTry(req, owner)
  return added
}

/** What the browser is asked for to make a key. */
export const beginPasskey = async (req: PayloadRequest, owner: FactorOwner): Promise<PasskeyOptions> => {
  const options = await createNewPasskeyOptions(owner, await readPasskeys(req, owner.id))
  await storeChallenge(req, { loginId: owner.loginId, purpose: 'add', challenge: options.challenge })
  return options
}

/** @throws DomainError `invalid_request` for a key that was not made as asked. */
export const finishPasskey = async (
  req: PayloadRequest,
  owner: FactorOwner,
  { name, answer }: { name: string; answer: NewPasskeyAnswer },
): Promise<AddedFactor> => {
  const challenge = await takeChallenge(req, { loginId: owner.loginId, purpose: 'add' })
  const passkey = challenge === undefined ? undefined : await verifyNewPasskey(answer, challenge)
  if (!passkey)
    throw notRight('credential', 'This key was not made as it was asked for, or it took too long. Begin again.')
  return addFactor(req, owner, (tx) => insertPasskey(tx, { userId: owner.id, name, ...passkey }))
}

const notRight = (path: string, message: string): DomainError =>
  new DomainError('invalid_request', message, { errors: [{ path, message }] })

/** @param add writes it; it counts from then on. */
const addFactor = async (
  from: PayloadRequest,
  owner: FactorOwner,
  add: (req: PayloadRequest) => Promise<void>,
): Promise<AddedFactor> => {
  const added = await withTransaction(from, async (req): Promise<AddedFactor> => {
    await lockFactors(req, owner.id)
    const before = await readFactors(req, owner.id)
    if (before.length >= mostFactors) {
      throw new DomainError('illegal_transition', `There are ${mostFactors} already. Remove one that you do not use.`)
    }
    if (before.length && owner.waiting) throw meanwhile()
    await add(req)
    const session = owner.waiting ? await openSession(req, owner.waiting) : null
    const isThere = await keepOneSession(req, owner.id, session?.sessionId ?? owner.loginId)
    if (!isThere) throw new DomainError('unauthenticated', 'You were logged out meanwhile. Log in again.')
    await tellOwner(req, owner.id, 'second_factor_added')
    return { recoveryCodes: before.length ? null : await renewCodesOf(req, owner.id), session }
  })
  if (added.session) {
    await forgiveWaitingLogin(from, owner)
    await settleLogin(from, added.session.user)
    keepInBrowser(from, added.session.token)
  }
  return added
}

/** Whoever has the password alone adds nothing beside what somebody else has set up. */
const meanwhile = () => new DomainError('second_factor_required', 'A second factor was set up meanwhile. Log in again.')
