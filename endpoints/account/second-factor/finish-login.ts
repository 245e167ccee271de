import { z } from 'zod'
import { enforceLimit } from '#access/rate-limits'
import { countRecoveryCodes, readFactors, readPasskeys } from '#accounts/second-factor/factor-queries'
import { findFactorOwner, mayChangeFactors, waitingLoginIn } from '#accounts/second-factor/find-factor-owner'
import { finishLogin } from '#accounts/second-factor/finish-login'
import { keepInBrowser } from '#accounts/second-factor/login-token'
import { createPasskeyOptions } from '#accounts/second-factor/passkeys'
import { deleteWaitingLogin, storeChallenge, type WaitingLogin } from '#accounts/second-factor/waiting-login-queries'
import { readDb } from '#database/transactions'
import { isSecondFactorDemanded } from '#database/waiting-logins'
import { DomainError } from '#shared/errors'
import { iso } from '#shared/time'
import type { PayloadRequest } from 'payload'
import { json, noContent } from '../../support/answer'
import { defineEndpoint } from '../../support/define-endpoint'
import {
  completeLogin,
  ofSecondFactor,
  passkeyAnswer,
  passkeyOptions,
  presentFactor,
  presentLogin,
  status,
} from './schemas'

const path = '/account/second-factor'

/** @throws DomainError `unauthenticated`, and for a login that lacks nothing, or something else, `illegal_transition`. */
const requireWaiting = async (req: PayloadRequest): Promise<WaitingLogin> => {
  const waiting = await waitingLoginIn(req)
  if (!waiting)
    throw new DomainError('unauthenticated', 'No login waits for a second factor, or it took too long. Log in again.')
  if (waiting.waitsFor === 'enrolment') {
    throw new DomainError('illegal_transition', 'There is no second factor yet. Set one up to go on.')
  }
  return waiting
}

export const getSecondFactorEndpoint = defineEndpoint({
  ...ofSecondFactor,
  method: 'get',
  path,
  operationId: 'getSecondFactor',
  summary: 'What a login still lacks, and which second factors there are',
  description: 'For a login that waits as well, which is nobody everywhere else.',
  answers: { 200: { description: 'How it stands', schema: status } },
  refusals: ['unauthenticated'],
  limit: 'change',
  handle: async ({ req }) => {
    const owner = await findFactorOwner(req)
    const { id, waiting } = owner
    const factors = await readFactors(req, id)
    const left = await countRecoveryCodes(req, id)
    const ways = [...new Set(factors.map(({ kind }) => kind)), ...(left ? (['recovery_code'] as const) : [])]
    return json({
      waitsFor: waiting?.waitsFor ?? null,
      expiresAt: waiting ? iso(waiting.expiresAt) : null,
      ways,
      isDemanded: await isSecondFactorDemanded(await readDb(req), id),
      mayChange: await mayChangeFactors(req, owner),
      factors: waiting ? [] : factors.map(presentFactor),
      recoveryCodesLeft: waiting ? null : left,
    })
  },
})

export const showSecondFactorEndpoint = defineEndpoint({
  ...ofSecondFactor,
  method: 'post',
  path,
  operationId: 'showSecondFactor',
  summary: 'Complete a login with its second factor',
  description:
    'With the token that the login answered, as a header or as the cookie. Each code is good once. Wrong ones are counted per account and network, and per account for browsers that were never logged in to it.',
  body: z.union([
    z.strictObject({ code: z.string().trim().max(20).describe('What the authenticator app shows') }),
    z.strictObject({ recoveryCode: z.string().max(100).describe('One of the ten, however it is written') }),
    z.strictObject({ passkey: passkeyAnswer }),
  ]),
  answers: { 200: { description: 'Logged in', schema: completeLogin } },
  refusals: ['unauthenticated', 'second_factor_required', 'illegal_transition', 'rate_limited'],
  handle: async ({ req, caller, body }) => {
    await enforceLimit('login', { user: null, address: caller.address })
    const session = await finishLogin(req, await requireWaiting(req), body)
    const recoveryCodesLeft = await countRecoveryCodes(req, session.user.id)
    return json({ ...presentLogin(session), recoveryCodesLeft })
  },
})

export const askForPasskeyEndpoint = defineEndpoint({
  ...ofSecondFactor,
  method: 'post',
  path: `${path}/passkey-options`,
  operationId: 'askForPasskey',
  summary: 'What a passkey has to sign to complete a login',
  body: z.strictObject({}),
  answers: { 200: { description: 'Hand them to the browser, and send what it gives', schema: passkeyOptions } },
  refusals: ['unauthenticated', 'illegal_transition'],
  limit: 'login',
  handle: async ({ req }) => {
    const waiting = await requireWaiting(req)
    const keys = await readPasskeys(req, waiting.userId)
    if (!keys.length) throw new DomainError('illegal_transition', 'This account has no passkey. Show something else.')
    const options = await createPasskeyOptions(keys)
    await storeChallenge(req, { loginId: waiting.id, purpose: 'log_in', challenge: options.challenge })
    return json({ options })
  },
})

export const giveUpLoginEndpoint = defineEndpoint({
  ...ofSecondFactor,
  method: 'post',
  path: `${path}/give-up`,
  operationId: 'giveUpLogin',
  summary: 'End a login that waits, to log in as somebody else',
  body: z.strictObject({}),
  answers: { 204: { description: 'Its token opens nothing any more. Without one, the same' } },
  refusals: [],
  limit: 'change',
  handle: async ({ req, caller }) => {
    const waiting = caller.user ? undefined : await waitingLoginIn(req)
    if (waiting) {
      await deleteWaitingLogin(req, waiting.id)
      keepInBrowser(req, null)
    }
    return noContent()
  },
})
