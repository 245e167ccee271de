import type { Answer, Body } from '../../_api/api-types'
import { dataOf } from '../../_api/data-of'
import { isPasskeyGivenUp, makePasskey, showPasskey } from '../../_factors/passkeys'
import { api } from '../../(site)/_lib/api'
import { ApiError } from '../../(site)/_lib/api-error'
import { orGone } from '../../(site)/_lib/or-already'

export type SecondFactorStatus = Answer<'getSecondFactor'>

export const getSecondFactor = (): Promise<SecondFactorStatus> => dataOf(api.GET('/api/account/second-factor'))

/** Completes a login that waits; the browser is logged in from then on. */
export const showSecondFactor = async (body: Body<'showSecondFactor'>): Promise<void> => {
  await dataOf(api.POST('/api/account/second-factor', { body }))
}

/** That somebody closes the question of their browser is no fault of the page. */
const orGivenUp = async <Made>(act: () => Promise<Made>): Promise<Made> => {
  try {
    return await act()
  } catch (cause) {
    if (!isPasskeyGivenUp(cause)) throw cause
    throw new ApiError({ code: 'internal_error', status: 0, message: 'The browser gave no passkey.', cause })
  }
}

/** The same, with what the browser has. */
export const showPasskeyHere = (): Promise<void> => orGivenUp(() => showPasskey(api))

export const giveUpLogin = async (): Promise<void> => {
  await api.POST('/api/account/second-factor/give-up', { body: {} })
}

export const beginAuthenticator = (name: string): Promise<Answer<'beginAuthenticator'>> =>
  dataOf(api.POST('/api/account/second-factor/authenticator', { body: { name } }))

/** The codes for emergencies, which come with the first second factor. */
export type GivenCodes = readonly string[] | null

export const confirmAuthenticator = async (code: string): Promise<GivenCodes> =>
  (await dataOf(api.POST('/api/account/second-factor/authenticator/confirm', { body: { code } }))).recoveryCodes

export const addPasskey = async (name: string): Promise<GivenCodes> =>
  (await orGivenUp(() => makePasskey(api, name))).recoveryCodes

export const removeSecondFactor = (id: string): Promise<void> =>
  orGone(() => api.DELETE('/api/account/second-factor/factors/{id}', { params: { path: { id } } }))

export const renewRecoveryCodes = async (): Promise<readonly string[]> =>
  (await dataOf(api.POST('/api/account/second-factor/recovery-codes', { body: {} }))).recoveryCodes
