import type { PayloadRequest } from 'payload'
import type { User } from '#payload-types'
import { acceptedLanguage } from '#notifications/accepted-language'
import { welcomeLogin } from './guard-login'
import { claimCustomer, storeLastLogin } from './login-queries'

type LoggedIn = Pick<User, 'id' | 'email' | 'name'> & { roles?: readonly string[] | null }

/** What follows when somebody is in: noted when, with the customer record of their address, and their browser is known from now on. */
export const settleLogin = async (req: PayloadRequest, { id, email, name, roles }: LoggedIn): Promise<void> => {
  await storeLastLogin(req, String(id))
  // For users who became customers, or were confirmed, past the hooks.
  if (roles?.includes('customer')) {
    await claimCustomer(req, { id, email, name, language: acceptedLanguage(req.headers.get('accept-language')) })
  }
  if (req.payloadAPI !== 'local') await welcomeLogin(req, email)
}
