import type { Answer, Body } from '../../_api/api-types'
import { dataOf } from '../../_api/data-of'
import { api } from '../../(site)/_lib/api'
import { orGone } from '../../(site)/_lib/or-already'

type OpenLink = (body: Body<'confirmAccount'>) => Promise<Answer<'confirmAccount'>>

export const confirmAccount: OpenLink = (body) => dataOf(api.POST('/api/account/confirm', { body }))

export const choosePassword: OpenLink = (body) => dataOf(api.POST('/api/account/password', { body }))

/** The answer is the same whether there is such an account or not. */
export const forgotPassword = async (email: string): Promise<void> => {
  await dataOf(api.POST('/api/users/forgot-password', { body: { email } }))
}

/** The answer is the same whether there is such an account or not. */
export const register = async (body: Body<'register'>): Promise<void> => {
  await dataOf(api.POST('/api/users', { body }))
}

/** How a login went: Payload's own operation, which the document of the API does not describe. */
export type LoginResult = 'logged_in' | 'waits' | 'refused' | 'rate_limited' | 'network' | 'other'

/** Why nobody is logged in. */
export type LoginFailure = Exclude<LoginResult, 'logged_in' | 'waits'>

/** Whether this browser is logged in from now on, or waits for a second factor; where not, they do it themselves. */
export const logIn = async (credentials: { email: string; password: string }): Promise<LoginResult> => {
  const headers = { 'Content-Type': 'application/json' }
  try {
    const answer = await fetch('/api/users/login', { method: 'POST', headers, body: JSON.stringify(credentials) })
    if (answer.ok) return hasUser(await answer.json()) ? 'logged_in' : 'waits'
    return answer.status === 401 ? 'refused' : answer.status === 429 ? 'rate_limited' : 'other'
  } catch {
    return 'network'
  }
}

const hasUser = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'user' in body && body.user !== null

export const logOut = async (): Promise<void> => {
  await fetch('/api/users/logout', { method: 'POST' })
}

export type LoginProvider = Answer<'listLoginProviders'>['providers'][number]

export const listLoginProviders = async (): Promise<LoginProvider[]> =>
  (await dataOf(api.GET('/api/account/openid'))).providers

export type WaysToLogIn = Answer<'listLoginWays'>

export const listLoginWays = (): Promise<WaysToLogIn> => dataOf(api.GET('/api/account/login-ways'))

export const removeLoginWay = async (id: string): Promise<void> => {
  await orGone(() => api.DELETE('/api/account/login-ways/{id}', { params: { path: { id } } }))
}

/** @returns where the provider asks who they are. */
export const connectOpenid = async (provider: string): Promise<string> =>
  (await dataOf(api.POST('/api/account/openid/{provider}/connect', { params: { path: { provider } }, body: {} }))).url

export type LoginSession = Answer<'listLoginSessions'>['sessions'][number]

export const listLoginSessions = async (): Promise<LoginSession[]> =>
  (await dataOf(api.GET('/api/account/sessions'))).sessions

export const endLoginSession = async (id: string): Promise<void> => {
  await orGone(() => api.DELETE('/api/account/sessions/{id}', { params: { path: { id } } }))
}

export const endOtherLoginSessions = async (): Promise<void> => {
  await dataOf(api.POST('/api/account/sessions/end-others', { body: {} }))
}
