import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { logOpenidFailure, OpenidFailed, readOpenidClaims } from '#accounts/openid/ask-openid-provider'
import { type OpenidBegun, openOpenidBegun } from '#accounts/openid/openid-begun'
import { takeOpenidUse } from '#accounts/openid/openid-identity-queries'
import { findOpenidProvider, type OpenidProvider } from '#accounts/openid/openid-providers'
import { type OpenidOutcome, signInWithOpenid } from '#accounts/openid/sign-in-with-openid'
import { settings } from '#settings'
import { hashToken, isSameSecret } from '#shared/ids'
import type { Answer } from '../../support/answer'
import { continuePage, continuePageAnswer } from '../../support/continue-page'
import { pageLanguage } from '../../support/page-language'
import { defineEndpoint } from '../../support/define-endpoint'
import { openidCookie, openidCookieOf } from './openid-cookie'
import { problemPage } from './problem-page'

/** What this browser has begun with this provider, if that is what it comes back with. */
const findBegun = (req: PayloadRequest, with_: OpenidProvider | undefined, state: string): OpenidBegun | undefined => {
  const begun = openOpenidBegun(openidCookieOf(req.headers), Date.now())
  return begun && begun.provider === with_?.name && isSameSecret(state, begun.state) ? begun : undefined
}

const ask = async (req: PayloadRequest, with_: OpenidProvider, begun: OpenidBegun): Promise<OpenidOutcome> => {
  try {
    const claims = await readOpenidClaims(with_, { begun, query: req.searchParams })
    return await signInWithOpenid(req, { issuer: with_.issuer, claims, begun })
  } catch (error) {
    if (!(error instanceof OpenidFailed)) throw error
    logOpenidFailure(req.payload, with_, error)
    return { is: 'refused', problem: 'provider' }
  }
}

const goOnFrom = (
  req: PayloadRequest,
  begun: OpenidBegun,
  outcome: Exclude<OpenidOutcome, { is: 'refused' }>,
): Answer => {
  req.responseHeaders ??= new Headers()
  req.responseHeaders.append('Set-Cookie', openidCookie('', 0))
  const spoken = pageLanguage(req.headers)
  if (outcome.is === 'linked')
    return continuePage(begun.returnTo ?? `${settings.serverUrl}/account?connected=1`, spoken)
  const { cookie, isWaiting, user } = outcome.login
  req.responseHeaders.append('Set-Cookie', cookie)
  const usual = user.roles.some((role) => role !== 'customer') ? '/admin' : '/account'
  const url = begun.returnTo ?? `${settings.serverUrl}${usual}`
  const isEnough = begun.isAnew === undefined || outcome.isAnew
  return continuePage(isEnough ? goOnTo(url, isWaiting) : logInOtherwise(url), spoken)
}

/** They wanted to show again who they are, and the provider has not asked them: a page of ours says how else they can. */
const logInOtherwise = (url: string): string => {
  const { origin, pathname, search } = new URL(url)
  const back = origin === new URL(settings.serverUrl).origin ? pathname + search : '/account'
  return `${settings.serverUrl}/account/login?${new URLSearchParams({ again: '1', problem: 'not_anew', redirect: back })}`
}

/** Our own pages have one that asks for the second factor; front ends of other origins ask for it themselves. */
const goOnTo = (url: string, isWaiting: boolean): string => {
  const { origin, pathname, search } = new URL(url)
  if (!isWaiting || origin !== new URL(settings.serverUrl).origin) return url
  const page =
    pathname === '/admin' || pathname.startsWith('/admin/') ? '/admin/second-factor' : '/account/second-factor'
  return `${settings.serverUrl}${page}?redirect=${encodeURIComponent(pathname + search)}`
}

export const openidCallbackEndpoint = defineEndpoint({
  method: 'get',
  path: '/account/openid/:provider/callback',
  operationId: 'openidCallback',
  tag: 'Account',
  summary: 'Where a provider leads back to',
  description: 'Works once, in the browser in which the sign-in was begun, within ten minutes.',
  params: z.object({ provider: z.string().max(40) }),
  query: z.object({
    state: z.string().max(512).optional(),
    error: z.string().max(256).optional(),
  }),
  answers: {
    200: {
      ...continuePageAnswer,
      description: 'They are logged in, or it is connected: a page that goes on by itself',
    },
    302: {
      description: 'To `/account/login?problem=…`, or `/account?problem=…`, where the words for it are',
      headers: { Location: 'Where to go on', 'Set-Cookie': 'Nothing is begun any more' },
    },
  },
  refusals: [],
  refusalsAs: 'page',
  limit: 'login',
  handle: async ({ req, params, query: { state, error } }) => {
    const with_ = findOpenidProvider(params.provider)
    const begun = findBegun(req, with_, state ?? '')
    if (!with_ || !begun) return problemPage('expired', { isLink: false })
    const isLink = begun.link !== undefined
    if (!(await takeOpenidUse(req, hashToken(begun.state)))) return problemPage('expired', { isLink })
    if (error === 'access_denied') return problemPage('denied', { isLink })
    const outcome = await ask(req, with_, begun)
    return outcome.is === 'refused' ? problemPage(outcome.problem, { isLink }) : goOnFrom(req, begun, outcome)
  },
})
