import type { Answer, Body } from '../../_api/api-types'
import { dataOf } from '../../_api/data-of'
import { api } from './api'

type OpenLink = (body: Body<'confirmAccount'>) => Promise<Answer<'confirmAccount'>>

export const confirmAccount: OpenLink = (body) => dataOf(api.POST('/api/account/confirm', { body }))

export const choosePassword: OpenLink = (body) => dataOf(api.POST('/api/account/password', { body }))

/** The answer is the same whether there is such an account or not. */
export const askForPassword = async (email: string): Promise<void> => {
  await dataOf(api.POST('/api/users/forgot-password', { body: { email } }))
}

/** @returns whether this browser is logged in from now on; where not, or where a second factor is still to be shown, they do it themselves. */
export const logIn = async (credentials: { email: string; password: string }): Promise<boolean> => {
  const headers = { 'Content-Type': 'application/json' }
  const sent = fetch('/api/users/login', { method: 'POST', headers, body: JSON.stringify(credentials) })
  try {
    const answer = await sent
    return answer.ok && hasUser(await answer.json())
  } catch {
    return false
  }
}

const hasUser = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'user' in body && body.user !== null
