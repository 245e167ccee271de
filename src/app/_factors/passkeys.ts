'use client'

import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import type { Client } from 'openapi-fetch'
import { dataOf } from '../_api/data-of'
import type { paths } from '../_api/openapi-types'

/** Each front end has a client of its own, whose refusals are its own. */
type Api = Client<paths>

/** Browsers know passkeys on https and on localhost, and for hosts with a name. */
export const hasPasskeys = (): boolean =>
  typeof window !== 'undefined' && 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(window.location.hostname)

/** Has the browser make a passkey, and sends it. */
export const makePasskey = async (api: Api, name: string) => {
  const { options } = await dataOf(api.POST('/api/account/second-factor/passkeys/options', { body: {} }))
  // The document says no more of them than the standard does.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const { id, rawId, response } = await startRegistration({ optionsJSON })
  const { clientDataJSON, attestationObject, transports = [] } = response
  const credential = {
    id,
    rawId,
    type: 'public-key',
    response: { clientDataJSON, attestationObject, transports },
  } as const
  const body = { credential, ...(name.trim() ? { name: name.trim() } : {}) }
  return dataOf(api.POST('/api/account/second-factor/passkeys', { body }))
}

/** Has the browser sign with a passkey, which completes the login. */
export const showPasskey = async (api: Api): Promise<void> => {
  const { options } = await dataOf(api.POST('/api/account/second-factor/passkey-options', { body: {} }))
  // As above.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  const { id, rawId, response } = await startAuthentication({ optionsJSON })
  const { clientDataJSON, authenticatorData, signature } = response
  const passkey = { id, rawId, type: 'public-key', response: { clientDataJSON, authenticatorData, signature } } as const
  await dataOf(api.POST('/api/account/second-factor', { body: { passkey } }))
}

/** What a client of the API throws: no answer, or a refusal, by the name that each front end has for it. */
const isOfTheApi = ({ name }: Error): boolean => ['TypeError', 'ApiRefusal', 'ApiError'].includes(name)

/** The browser, or whoever sits in front of it, has given none. */
export const isPasskeyGivenUp = (error: unknown): boolean => error instanceof Error && !isOfTheApi(error)
