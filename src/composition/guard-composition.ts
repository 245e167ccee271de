import type { CollectionConfig, Config, Endpoint, GlobalConfig, Plugin } from 'payload'
import { staff } from '#access/collection-access'
import { setBookingFields } from '#database/fields/booking-field'
import { withBulkEditOfEditable } from '#database/fields/bulk-edit'
import { withOptionalInputs } from '#database/fields/optional-inputs'
import { withReadableLabels } from '#database/fields/readable-labels'
import { operationOf } from '#endpoints/support/define-endpoint'
import { framePlainEndpoint } from '#endpoints/support/frame-plain-endpoint'
import { guardCollection } from '#hooks/shared/guard-collection'
import { guardGlobal } from '#hooks/shared/guard-global'
import { checkChanged } from './check-changed'
import { checkNames } from './check-names'
import { guardViews } from './guard-views'
import { boundJoins, collectBookingFields, markAddedFields, type TakenNames } from './compose-fields'

type Product = {
  collections: readonly CollectionConfig[]
  globals: readonly GlobalConfig[]
  /** What holds for everything and is nobody's to change: limits of GraphQL, depth, jobs, what is set up at the start. */
  fixed: Pick<Config, 'maxDepth' | 'graphQL' | 'jobs' | 'hooks'> & Required<Pick<Config, 'onInit' | 'queryPresets'>>
  /** Its views of the admin, by name. */
  viewNames: ReadonlySet<string>
  takenNames: TakenNames
}

/** Payload's default is everybody who is logged in. */
const collectionRules = { create: staff, read: staff, update: staff, delete: staff, readVersions: staff, unlock: staff }
const globalRules = { read: staff, update: staff, readVersions: staff }

const given = <Rules extends object>(rules: Rules | undefined): Partial<Rules> =>
  // A rule that is there but undefined is none.
  Object.fromEntries(Object.entries(rules ?? {}).filter(([, rule]) => rule !== undefined)) as Partial<Rules>

const frameOne = (endpoint: Endpoint, base: string): Endpoint =>
  operationOf(endpoint) ? endpoint : framePlainEndpoint(endpoint, `${base}${endpoint.path}`)

/** A plugin may change what is the product's, within the same bounds as an installation. */
const asAdded = <E extends CollectionConfig | GlobalConfig>(what: string, entity: E, product: readonly E[]): E => {
  checkNames(what, entity)
  const standard = product.find(({ slug }) => slug === entity.slug)
  if (!standard) return entity
  checkChanged(what, standard, entity)
  return markAddedFields(standard, entity)
}

const composeCollection = (collection: CollectionConfig, product: Product): CollectionConfig => {
  const standard = product.collections.find(({ slug }) => slug === collection.slug)
  if (!standard && collection.auth) {
    throw new Error(
      `Collection "${collection.slug}" has logins. All logins are records of users, with their limits and locks: take \`auth\` away and refer to a user.`,
    )
  }
  const own = new Set((standard?.endpoints || []).map(({ handler }) => handler))
  const marked = asAdded('Collection', collection, product.collections)
  const frame = (endpoint: Endpoint) => (own.has(endpoint.handler) ? endpoint : frameOne(endpoint, `/${marked.slug}`))
  const framed = marked.endpoints ? { ...marked, endpoints: marked.endpoints.map(frame) } : marked
  const access = { ...collectionRules, ...given(framed.access) }
  return withBulkEditOfEditable(
    withReadableLabels(withOptionalInputs(guardCollection(boundJoins({ ...framed, access })))),
  )
}

const composeGlobal = (global: GlobalConfig, product: Product): GlobalConfig => {
  const marked = asAdded('Global', global, product.globals)
  const frame = (endpoint: Endpoint) => frameOne(endpoint, `/globals/${marked.slug}`)
  const framed = marked.endpoints ? { ...marked, endpoints: marked.endpoints.map(frame) } : marked
  const access = { ...globalRules, ...given(framed.access) }
  return withReadableLabels(withOptionalInputs(guardGlobal(boundJoins({ ...framed, access }))))
}

const refuseMissing = (
  what: string,
  standard: readonly { slug: string }[],
  there: readonly { slug: string }[],
): void => {
  const slugs = new Set(there.map(({ slug }) => slug))
  const missing = standard.filter(({ slug }) => !slugs.has(slug)).map(({ slug }) => slug)
  if (missing.length) throw new Error(`A plugin took away what the product needs: ${what} ${missing.join(', ')}.`)
}

/** Two at one address: Payload would serve the first and never reach the other. */
const refuseDoubled = (endpoints: readonly Endpoint[]): void => {
  const seen = new Set<string>()
  for (const { method, path } of endpoints) {
    const at = `${method.toUpperCase()} ${path.replaceAll(/:[^/]+/g, ':')}`
    if (seen.has(at)) throw new Error(`A plugin adds the endpoint ${at}, which is there already.`)
    seen.add(at)
  }
}

/**
 * Guards everything that the configuration holds once all plugins have had their say, the product's own and what was added alike: nobody has to
 * think of it. It has to run last.
 * @throws Error at the start, for what cannot be guarded.
 */
export const guardComposition = (product: Product): Plugin => {
  const guard = (config: Config): Config => {
    // The benchmarks complete a configuration again that was completed once.
    if (config.custom?.isGuarded === true) return config
    const { collections = [], globals = [], endpoints = [] } = config
    refuseMissing('the collections', product.collections, collections)
    refuseMissing('the globals', product.globals, globals)
    refuseDoubled(endpoints)
    const guarded = collections.map((collection) => composeCollection(collection, product))
    setBookingFields(collectBookingFields(guarded, product.takenNames))
    return {
      ...config,
      custom: { ...config.custom, isGuarded: true },
      collections: guarded,
      globals: globals.map((global) => composeGlobal(global, product)),
      endpoints: endpoints.map((endpoint) => frameOne(endpoint, '')),
      admin: guardViews(config.admin ?? {}, product.viewNames),
      maxDepth: product.fixed.maxDepth,
      graphQL: { ...config.graphQL, ...product.fixed.graphQL },
      jobs: { ...config.jobs, ...product.fixed.jobs },
      queryPresets: {
        ...product.fixed.queryPresets,
        ...config.queryPresets,
        access: { ...product.fixed.queryPresets.access, ...config.queryPresets?.access },
      },
      onInit: async (payload) => {
        if (config.onInit !== product.fixed.onInit) await config.onInit?.(payload)
        // Last, as it stands around every way to log in.
        await product.fixed.onInit(payload)
      },
      hooks: {
        ...config.hooks,
        afterError: [
          ...(product.fixed.hooks?.afterError ?? []),
          ...(config.hooks?.afterError ?? []).filter((hook) => !product.fixed.hooks?.afterError?.includes(hook)),
        ],
      },
    }
  }
  return Object.assign(guard, { order: Number.POSITIVE_INFINITY })
}
