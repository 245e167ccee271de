import type { OpenidProblem } from '#accounts/openid/decide-openid-login'
import { settings } from '#settings'
import type { Answer } from '../../support/answer'
import { openidCookie } from './openid-cookie'

/** Leads to the page of the site that says in words why nobody was logged in, or nothing connected. The browser keeps nothing of it. */
export const problemPage = (problem: OpenidProblem, { isLink }: { isLink: boolean }): Answer => ({
  status: 302,
  headers: {
    Location: `${settings.serverUrl}/account${isLink ? '' : '/login'}?problem=${problem}`,
    'Set-Cookie': openidCookie('', 0),
  },
})
