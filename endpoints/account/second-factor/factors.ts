import { z } from 'zod'
import { beginPasskey, beginTotp, finishPasskey, finishTotp } from '#accounts/second-factor/add-factor'
import { factorKinds } from '#accounts/second-factor/factor-kinds'
import { requireFactorOwner } from '#accounts/second-factor/find-factor-owner'
import { removeFactor } from '#accounts/second-factor/remove-factor'
import { renewRecoveryCodes } from '#accounts/second-factor/renew-recovery-codes'
import { line } from '#shared/input'
import { json, noContent } from '../../support/answer'
import { defineEndpoint } from '../../support/define-endpoint'
import { addedFactor, newPasskeyAnswer, ofSecondFactor, passkeyOptions, presentAdded, recoveryCodes } from './schemas'

const ofFactors = { ...ofSecondFactor, limit: 'change' } as const

const refusals = ['unauthenticated', 'second_factor_required', 'fresh_login_required'] as const

const who =
  'For whoever has logged in within the last fifteen minutes (else `fresh_login_required`: log in again), and for a login that waits for `enrolment`.'

const added = {
  200: { description: 'It is asked for from now on, and other sessions of the account are ended', schema: addedFactor },
}

export const beginAuthenticatorEndpoint = defineEndpoint({
  ...ofFactors,
  method: 'post',
  path: '/account/second-factor/authenticator',
  operationId: 'beginAuthenticator',
  summary: 'Begin to set up an authenticator app',
  description: `${who} It counts once a code of it was shown, in place of the app that there was.`,
  body: z.strictObject({ name: line(60).optional().describe('To tell it by') }),
  answers: {
    200: {
      description: 'For the app, within an hour',
      schema: z.object({
        secret: z.string().describe('To type, in base32'),
        uri: z.string().describe('To show as a QR code: `otpauth://totp/…`'),
      }),
    },
  },
  refusals,
  handle: async ({ req, body }) => {
    const owner = await requireFactorOwner(req)
    return json(await beginTotp(req, owner, body.name ?? factorKinds.totp.label))
  },
})

export const confirmAuthenticatorEndpoint = defineEndpoint({
  ...ofFactors,
  method: 'post',
  path: '/account/second-factor/authenticator/confirm',
  operationId: 'confirmAuthenticator',
  summary: 'Show a code of the app that is set up',
  description: who,
  body: z.strictObject({ code: z.string().trim().max(20) }),
  answers: added,
  refusals: [...refusals, 'illegal_transition'],
  handle: async ({ req, body }) => json(presentAdded(await finishTotp(req, await requireFactorOwner(req), body.code))),
})

export const beginPasskeyEndpoint = defineEndpoint({
  ...ofFactors,
  method: 'post',
  path: '/account/second-factor/passkeys/options',
  operationId: 'beginPasskey',
  summary: 'What the browser has to be asked for to make a passkey',
  description: `${who} Passkeys belong to the host of SERVER_URL: front ends on other domains cannot make them.`,
  body: z.strictObject({}),
  answers: { 200: { description: 'Hand them to the browser, and send what it gives', schema: passkeyOptions } },
  refusals,
  handle: async ({ req }) => json({ options: await beginPasskey(req, await requireFactorOwner(req)) }),
})

export const addPasskeyEndpoint = defineEndpoint({
  ...ofFactors,
  method: 'post',
  path: '/account/second-factor/passkeys',
  operationId: 'addPasskey',
  summary: 'Add a passkey',
  description: who,
  body: z.strictObject({ name: line(60).optional().describe('To tell it by'), credential: newPasskeyAnswer }),
  answers: added,
  refusals: [...refusals, 'illegal_transition'],
  handle: async ({ req, body: { name, credential } }) => {
    const owner = await requireFactorOwner(req)
    const passkey = { name: name ?? factorKinds.passkey.label, answer: credential }
    return json(presentAdded(await finishPasskey(req, owner, passkey)))
  },
})

export const removeSecondFactorEndpoint = defineEndpoint({
  ...ofFactors,
  method: 'delete',
  path: '/account/second-factor/factors/:id',
  operationId: 'removeSecondFactor',
  summary: 'Remove an authenticator app or a passkey',
  description:
    'For whoever has logged in within the last fifteen minutes. With the last one the recovery codes go; while one is demanded, the last one stays.',
  params: z.object({ id: z.uuid() }),
  answers: { 204: { description: 'It is not taken any more' } },
  refusals: [...refusals, 'not_found', 'outside_policy'],
  handle: async ({ req, params }) => {
    const owner = await requireFactorOwner(req)
    await removeFactor(req, owner.id, params.id)
    return noContent()
  },
})

export const renewRecoveryCodesEndpoint = defineEndpoint({
  ...ofFactors,
  method: 'post',
  path: '/account/second-factor/recovery-codes',
  operationId: 'renewRecoveryCodes',
  summary: 'Make new recovery codes',
  description: 'For whoever has logged in within the last fifteen minutes. Those from before open nothing any more.',
  body: z.strictObject({}),
  answers: { 200: { description: 'Ten of them', schema: recoveryCodes } },
  refusals: [...refusals, 'illegal_transition'],
  handle: async ({ req }) => {
    const owner = await requireFactorOwner(req)
    return json({ recoveryCodes: await renewRecoveryCodes(req, owner.id) })
  },
})
