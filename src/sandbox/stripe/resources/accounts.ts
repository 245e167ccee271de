import { z } from 'zod'
import { isCreatedWithin, listObjects } from '../api/list-objects'
import { route } from '../api/route'
import { computeStanding, describeCapability } from '../connect/compute-requirements'
import { addAccount } from '../connect/connect-objects'
import { connectCountries } from '../connect/connect-countries'
import { mustFindAccount } from '../connect/must-find-account'
import { disconnectAccount, enterDetails } from '../connect/onboard-account'
import { applyFile, changeAccount, fileOf } from '../connect/change-account'
import {
  absoluteUrl,
  boolean,
  createdFilter,
  currency,
  email,
  expand,
  integer,
  mergeMetadata,
  metadata,
  pageParams,
  text,
} from '../params'
import { invalidRequest, noSuch, Refusal } from '../refusal'
import type { StoredAccount } from '../stored-objects'
import { newId, secondsOf, type World } from '../world'

const capability = z.strictObject({ requested: boolean }).optional()

const person = z.strictObject({
  email: email.optional(),
  first_name: text(100).optional(),
  last_name: text(100).optional(),
  phone: text(30).optional(),
})

const fields = {
  business_profile: z
    .strictObject({
      mcc: text(4).optional(),
      name: text().optional(),
      product_description: text(40_000).optional(),
      support_email: email.optional(),
      support_phone: text(30).optional(),
      support_url: absoluteUrl.optional(),
      url: absoluteUrl.optional(),
    })
    .optional(),
  business_type: z.enum(['individual', 'company', 'non_profit', 'government_entity']).optional(),
  capabilities: z.strictObject({ card_payments: capability, transfers: capability }).optional(),
  default_currency: currency.optional(),
  email: email.optional(),
  expand,
  individual: person.optional(),
  metadata: metadata.optional(),
  settings: z
    .strictObject({
      payouts: z
        .strictObject({
          debit_negative_balances: boolean.optional(),
          schedule: z
            .strictObject({
              delay_days: integer.optional(),
              interval: z.enum(['manual', 'daily', 'weekly', 'monthly']).optional(),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
}

const createParams = z.strictObject({
  ...fields,
  controller: z
    .strictObject({
      fees: z.strictObject({ payer: z.enum(['account', 'application']).optional() }).optional(),
      losses: z.strictObject({ payments: z.enum(['application', 'stripe']).optional() }).optional(),
      requirement_collection: z.enum(['application', 'stripe']).optional(),
      stripe_dashboard: z.strictObject({ type: z.enum(['express', 'full', 'none']).optional() }).optional(),
    })
    .optional(),
  country: text(2).optional(),
  tos_acceptance: z.strictObject({ service_agreement: z.enum(['full', 'recipient']).optional() }).optional(),
  type: z.enum(['custom', 'express', 'standard']).optional(),
})

const updateParams = z.strictObject(fields)

type CreateParams = z.output<typeof createParams>
type UpdateParams = z.output<typeof updateParams>

/** @throws Refusal for every kind of account but Express: Parley opens no other. */
const typeOf = ({ type, controller }: CreateParams): 'express' | 'none' => {
  if (type !== undefined && controller !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: type, controller.', { param: 'type' })
  }
  if (type === 'express') return 'express'
  const isExpress =
    controller?.stripe_dashboard?.type === 'express' &&
    controller.fees?.payer === 'application' &&
    controller.losses?.payments === 'application' &&
    controller.requirement_collection !== 'application'
  if (isExpress) return 'none'
  throw invalidRequest('The sandbox has Express accounts only: give `type: express`, or the `controller` of one.', {
    param: type === undefined ? 'controller' : 'type',
  })
}

/** The details among the parameters, by the name of the requirement. */
const givenIn = (params: UpdateParams): Record<string, string> => {
  const individual = Object.entries(params.individual ?? {}).map(([name, value]) => [`individual.${name}`, value])
  const description = params.business_profile?.product_description
  return Object.fromEntries([
    ...individual,
    ...(params.business_type === undefined ? [] : [['business_type', params.business_type]]),
    ...(description === undefined ? [] : [['business_profile.product_description', description]]),
  ])
}

const applyParams = (world: World, account: StoredAccount, params: UpdateParams): void => {
  account.email = params.email ?? account.email
  account.default_currency = params.default_currency ?? account.default_currency
  account.metadata = mergeMetadata(account.metadata ?? null, params.metadata)
  if (account.business_profile) Object.assign(account.business_profile, params.business_profile)
  const payouts = account.settings?.payouts
  if (payouts) {
    payouts.debit_negative_balances =
      params.settings?.payouts?.debit_negative_balances ?? payouts.debit_negative_balances
    Object.assign(payouts.schedule, params.settings?.payouts?.schedule)
  }
  const file = fileOf(world, account.id)
  for (const [id, wish] of Object.entries(params.capabilities ?? {})) {
    if (wish?.requested) file.requested[id] ??= secondsOf(world)
    else if (wish) Reflect.deleteProperty(file.requested, id)
  }
}

const create = (world: World, params: CreateParams): StoredAccount => {
  const type = typeOf(params)
  const country = (params.country ?? 'GB').toUpperCase()
  const ownCurrency = Object.hasOwn(connectCountries, country) ? connectCountries[country] : undefined
  if (!ownCurrency) {
    throw invalidRequest(
      `Country '${country}' is unknown, or not one in which Stripe opens connected accounts. Try using a 2-character alphanumeric country code instead, such as 'US' or 'GB'.`,
      { code: 'country_unsupported', param: 'country' },
    )
  }
  const account = addAccount(world, { country, default_currency: ownCurrency, type })
  const agreement = params.tos_acceptance?.service_agreement
  if (agreement && account.tos_acceptance) account.tos_acceptance.service_agreement = agreement
  world.state.accountFiles[account.id] = {
    given: givenIn(params),
    requested: {},
    demanded: null,
    verification: 'none',
    rejected: null,
    hasLink: false,
  }
  applyParams(world, account, params)
  applyFile(world, account)
  return account
}

/** What only the holder can change once there was a link. */
const lockedByLink = ['business_type', 'individual'] as const

const update = (world: World, id: string, params: UpdateParams): StoredAccount => {
  const account = mustFindAccount(world, id)
  const locked = fileOf(world, id).hasLink ? lockedByLink.find((name) => params[name] !== undefined) : undefined
  if (locked) {
    throw new Refusal(403, {
      type: 'invalid_request_error',
      message: `This application does not have the required permissions for the parameter '${locked}' on account '${id}'.`,
      param: locked,
    })
  }
  changeAccount(world, account, () => applyParams(world, account, params))
  const given = givenIn(params)
  if (Object.keys(given).length) enterDetails(world, account, given)
  return account
}

/** Login links are good once, and not for long. */
const loginLinkSeconds = 5 * 60

const capabilityIds = ['card_payments', 'transfers']

export const accountRoutes = [
  route({
    method: 'POST',
    path: '/v1/accounts',
    params: createParams,
    handle: (world, { params }) => create(world, params),
  }),
  route({
    method: 'GET',
    path: '/v1/accounts',
    params: z.strictObject({ ...pageParams, created: createdFilter }),
    handle: (world, { params }) =>
      listObjects({
        url: '/v1/accounts',
        objects: world.catalog.sequence('accounts'),
        page: params,
        fits: (account) => isCreatedWithin(account.created ?? 0, params.created),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/accounts/:id',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => mustFindAccount(world, id),
  }),
  route({
    method: 'POST',
    path: '/v1/accounts/:id',
    params: updateParams,
    handle: (world, { id, params }) => update(world, id, params),
  }),
  route({
    method: 'DELETE',
    path: '/v1/accounts/:id',
    params: z.strictObject({}),
    handle: (world, { id }) => {
      disconnectAccount(world, mustFindAccount(world, id))
      return { id, object: 'account', deleted: true }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/accounts/:id/capabilities',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => {
      const account = mustFindAccount(world, id)
      const file = fileOf(world, id)
      const now = secondsOf(world)
      return {
        object: 'list',
        data: Object.keys(file.requested).map((name) => describeCapability(account, file, { id: name, now })),
        has_more: false,
        url: `/v1/accounts/${id}/capabilities`,
      }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/accounts/:id/capabilities/:part',
    params: z.strictObject({ expand }),
    handle: (world, { id, part }) => {
      const account = mustFindAccount(world, id)
      if (!capabilityIds.includes(part)) throw noSuch('capability', part, { param: 'capability', inPath: true })
      return describeCapability(account, fileOf(world, id), { id: part, now: secondsOf(world) })
    },
  }),
  route({
    method: 'POST',
    path: '/v1/accounts/:id/login_links',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => {
      const account = mustFindAccount(world, id)
      const now = secondsOf(world)
      if (!account.details_submitted || !computeStanding(fileOf(world, id), now).isComplete) {
        throw invalidRequest('Cannot create a login link for an account that has not completed onboarding.')
      }
      const secret = newId('', 24)
      world.state.loginLinks[secret] = { account: id, expiresAt: now + loginLinkSeconds, isUsed: false }
      return { object: 'login_link', created: now, url: `${world.url}/express/${secret}` }
    },
  }),
]
