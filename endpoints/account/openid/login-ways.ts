import { z } from 'zod'
import { type OpenidIdentity, readLoginWays } from '#accounts/openid/openid-identity-queries'
import { openidProviders } from '#accounts/openid/openid-providers'
import { removeLoginWay } from '#accounts/openid/remove-login-way'
import { requireFreshLogin } from '#accounts/require-fresh-login'
import { iso } from '#shared/time'
import { json, noContent } from '../../support/answer'
import { defineEndpoint } from '../../support/define-endpoint'
import { requireLogin } from '../../support/require-login'
import { dateTime } from '../../support/schemas'

const connected = z
  .object({
    id: z.uuid(),
    provider: z
      .string()
      .nullable()
      .describe('Its `name` in `GET /account/openid`; null where it is not set up any more'),
    label: z.string(),
    email: z.string().nullable().describe('As the provider said when it was connected'),
    createdAt: dateTime,
    lastLoginAt: dateTime.nullable(),
  })
  .meta({ id: 'ConnectedLogin' })

const present = ({ issuer, createdAt, lastLoginAt, ...rest }: OpenidIdentity): z.output<typeof connected> => {
  const provider = openidProviders().find((one) => one.issuer === issuer)
  return {
    ...rest,
    provider: provider?.name ?? null,
    label: provider?.label ?? new URL(issuer).hostname,
    createdAt: iso(createdAt),
    lastLoginAt: lastLoginAt === null ? null : iso(lastLoginAt),
  }
}

const ofAccount = { tag: 'Account', security: 'login', limit: 'change' } as const

export const listLoginWaysEndpoint = defineEndpoint({
  ...ofAccount,
  method: 'get',
  path: '/account/login-ways',
  operationId: 'listLoginWays',
  summary: 'How one can log in to one’s account',
  answers: {
    200: {
      description: 'The oldest first',
      schema: z.object({
        hasPassword: z.boolean(),
        email: z.email().describe('Of the account'),
        mayUseAdmin: z.boolean(),
        connected: z.array(connected),
      }),
    },
  },
  refusals: ['unauthenticated'],
  handle: async ({ req, caller }) => {
    const { id, email, roles } = requireLogin(caller)
    const { hasPassword, identities } = await readLoginWays(req, id)
    const mayUseAdmin = roles.some((role) => role !== 'customer')
    return json({ hasPassword, email, mayUseAdmin, connected: identities.map(present) })
  },
})

export const removeLoginWayEndpoint = defineEndpoint({
  ...ofAccount,
  method: 'delete',
  path: '/account/login-ways/:id',
  operationId: 'removeLoginWay',
  summary: 'Disconnect an account elsewhere',
  description:
    'For whoever has logged in within the last fifteen minutes (else `fresh_login_required`: log in again). Nobody logs in with it any more. The last way to log in cannot be removed.',
  params: z.object({ id: z.uuid() }),
  answers: { 204: { description: 'Disconnected' } },
  refusals: ['unauthenticated', 'fresh_login_required', 'not_found', 'illegal_transition'],
  handle: async ({ req, caller, params }) => {
    const { id } = requireLogin(caller)
    await requireFreshLogin(req)
    await removeLoginWay(req, id, params.id)
    return noContent()
  },
})
