import { z } from 'zod'
import { route } from '../api/route'
import { fileOf } from '../connect/change-account'
import { absoluteUrl, expand, text } from '../params'
import { invalidRequest } from '../refusal'
import { find, newId, secondsOf } from '../world'

/** How long a link waits for its only visit. */
const linkSeconds = 5 * 60

const collect = z.enum(['currently_due', 'eventually_due'])

export const accountLinkRoutes = [
  route({
    method: 'POST',
    path: '/v1/account_links',
    params: z.strictObject({
      account: text(),
      collect: collect.optional(),
      collection_options: z
        .strictObject({ fields: collect.optional(), future_requirements: z.enum(['include', 'omit']).optional() })
        .optional(),
      expand,
      refresh_url: absoluteUrl,
      return_url: absoluteUrl,
      type: z.enum(['account_onboarding', 'account_update']),
    }),
    handle: (world, { params }) => {
      if (!find(world, 'accounts', params.account)) {
        throw invalidRequest(
          'You requested an account link for an account that is not connected to your platform or does not exist.',
          { param: 'account' },
        )
      }
      if (params.type === 'account_update') {
        throw invalidRequest(
          'You cannot create `account_update` type Account Links for accounts whose requirements Stripe collects, such as Express accounts.',
          { param: 'type' },
        )
      }
      const now = secondsOf(world)
      const secret = newId('', 24)
      fileOf(world, params.account).hasLink = true
      world.state.accountLinks[secret] = {
        account: params.account,
        collect: params.collection_options?.fields ?? params.collect ?? 'currently_due',
        refreshUrl: params.refresh_url,
        returnUrl: params.return_url,
        expiresAt: now + linkSeconds,
        isUsed: false,
      }
      return {
        object: 'account_link',
        created: now,
        expires_at: now + linkSeconds,
        url: `${world.url}/setup/e/${params.account}/${secret}`,
      }
    },
  }),
]
