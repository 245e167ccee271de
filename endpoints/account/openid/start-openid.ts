import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { logOpenidFailure, OpenidFailed, openidAddress } from '#accounts/openid/ask-openid-provider'
import { type OpenidBegun, openidSeconds, sealOpenidBegun } from '#accounts/openid/openid-begun'
import { findOpenidProvider, type OpenidProvider, openidProviders } from '#accounts/openid/openid-providers'
import { DomainError } from '#shared/errors'
import { createToken } from '#shared/ids'
import { json } from '../../support/answer'
import { defineEndpoint } from '../../support/define-endpoint'
import { requireLogin } from '../../support/require-login'
import { wantsPage } from '../../support/wants-page'
import { returnAddress } from '../../support/return-address'
import { requireFreshLogin } from '#accounts/require-fresh-login'
import { browserSessionOf, sessionIdOf } from '#accounts/session-id-of'
import { openidCookie } from './openid-cookie'
import { problemPage } from './problem-page'

const ofProvider = z.object({ provider: z.string().max(40).describe('Its `name` in `GET /account/openid`') })

const provider = z
  .object({ name: z.string(), label: z.string().describe('For the button') })
  .meta({ id: 'LoginProvider' })

const cookieHeader = { 'Set-Cookie': 'Binds the sign-in to the browser' } as const

/** @throws DomainError `not_found` for one that is not set up. */
const requireProvider = (name: string): OpenidProvider => {
  const found = findOpenidProvider(name)
  if (!found) throw new DomainError('not_found', 'Nobody can log in with that here.')
  return found
}

/** Where to go to, and what the browser keeps meanwhile. The database is told nothing. */
const begin = async (
  with_: OpenidProvider,
  more: Pick<OpenidBegun, 'link' | 'returnTo' | 'isAnew' | 'before'>,
): Promise<{ address: string; cookie: string }> => {
  const begun: OpenidBegun = {
    provider: with_.name,
    state: createToken(),
    nonce: createToken(),
    codeVerifier: createToken(),
    endsAt: Date.now() + openidSeconds * 1_000,
    ...more,
  }
  return { address: await openidAddress(with_, begun), cookie: openidCookie(sealOpenidBegun(begun), openidSeconds) }
}

/** @throws whatever else it was. */
const explainFailure = (req: PayloadRequest, with_: OpenidProvider, error: unknown): void => {
  if (!(error instanceof OpenidFailed)) throw error
  logOpenidFailure(req.payload, with_, error)
}

export const listOpenidProvidersEndpoint = defineEndpoint({
  method: 'get',
  path: '/account/openid',
  operationId: 'listLoginProviders',
  tag: 'Account',
  summary: 'With which other accounts one can log in',
  answers: {
    200: { description: 'In the order of their buttons', schema: z.object({ providers: z.array(provider) }) },
  },
  refusals: [],
  limit: 'browse',
  handle: () => json({ providers: openidProviders().map(({ name, label }) => ({ name, label })) }),
})

export const startOpenidEndpoint = defineEndpoint({
  method: 'get',
  path: '/account/openid/:provider/start',
  operationId: 'startOpenid',
  tag: 'Account',
  summary: 'Log in with an account elsewhere',
  description:
    'Leads a browser to the provider, and back. Who has no account is given one as a customer, with what was booked with their address as a guest, if the provider has seen that it is theirs. An account that is there is opened only by what its owner has connected with it.',
  params: ofProvider,
  query: z.object({
    returnTo: returnAddress.optional().describe('Where to go on once they are logged in'),
    prompt: z
      .literal('login')
      .optional()
      .describe(
        'For somebody who is to show again who they are (`fresh_login_required`): the provider asks them although they are logged in there. Where it does not, or does not say so, the login is no fresh one, and they are led to `/account/login?problem=not_anew`',
      ),
  }),
  answers: {
    302: {
      description:
        'To the provider; where that cannot be asked, to `/account/login?problem=provider`; where it is not set up, for browsers, to `…?problem=not_offered`',
      headers: { Location: 'Where to go on', ...cookieHeader },
    },
  },
  refusals: ['not_found'],
  refusalsAs: 'page',
  limit: 'login',
  handle: async ({ req, params, query: { returnTo, prompt } }) => {
    // A browser that follows an old link, or one of another installation, shows somebody a page.
    const isMissing = findOpenidProvider(params.provider) === undefined
    if (isMissing && wantsPage(req.headers)) return problemPage('not_offered', { isLink: false })
    const with_ = requireProvider(params.provider)
    try {
      // Any page can lead a browser here: only our own ends the login that it has.
      const site = req.headers.get('Sec-Fetch-Site')
      const before = site === null || site === 'same-origin' || site === 'none' ? browserSessionOf(req) : null
      const { address, cookie } = await begin(with_, {
        ...(returnTo === undefined ? {} : { returnTo }),
        ...(prompt === undefined ? {} : { isAnew: true }),
        ...(before === null ? {} : { before }),
      })
      return { status: 302, headers: { Location: address, 'Set-Cookie': cookie } }
    } catch (error) {
      explainFailure(req, with_, error)
      return problemPage('provider', { isLink: false })
    }
  },
})

export const connectOpenidEndpoint = defineEndpoint({
  method: 'post',
  path: '/account/openid/:provider/connect',
  operationId: 'connectOpenid',
  tag: 'Account',
  summary: 'Connect an account elsewhere, to log in with it from now on',
  description:
    'For whoever has logged in within the last fifteen minutes (else `fresh_login_required`: log in again). Answers where to send the browser, and sets a cookie there. The login must still be there when it comes back. The page then goes on to `returnTo`, or to `/account?problem=…`.',
  security: 'login',
  params: ofProvider,
  body: z.strictObject({ returnTo: returnAddress.optional() }),
  answers: {
    200: {
      description: 'The address of the provider',
      schema: z.object({ url: z.url() }),
      headers: cookieHeader,
    },
  },
  refusals: ['unauthenticated', 'fresh_login_required', 'not_found', 'provider_failed'],
  limit: 'login',
  handle: async ({ req, caller, params, body: { returnTo } }) => {
    const { id: userId } = requireLogin(caller)
    const sessionId = sessionIdOf(req)
    if (sessionId === null) throw new DomainError('unauthenticated', 'Log in with your account to do that.')
    const with_ = requireProvider(params.provider)
    await requireFreshLogin(req)
    const link = { userId, sessionId }
    try {
      const { address, cookie } = await begin(with_, returnTo === undefined ? { link } : { link, returnTo })
      return json({ url: address }, { headers: { 'Set-Cookie': cookie } })
    } catch (error) {
      explainFailure(req, with_, error)
      throw new DomainError('provider_failed', `${with_.label} did not answer. Please try again in a minute.`)
    }
  },
})
