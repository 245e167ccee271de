import type { CollectionConfig, GlobalConfig } from 'payload'
import { checkChanged } from './check-changed'

type Entity = CollectionConfig | GlobalConfig
/** How an installation gives a collection or global: a function changes the product's, a configuration is a new one. */
export type ChangedOrNew<E extends Entity> = E | ((standard: E) => E)

type Composed = {
  /** `Collection` or `Global`, for messages. */
  what: string
  /** Slugs and addresses that a new one cannot have. */
  taken: ReadonlySet<string>
}

const goodSlug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

const checkNew = (slug: string, entity: Entity, { what, taken }: Composed): void => {
  const at = `${what} "${slug}"`
  if (entity.slug !== slug) throw new Error(`${at} says that its slug is "${entity.slug}": both have to be the same.`)
  if (!goodSlug.test(slug) || slug.startsWith('payload-')) {
    throw new Error(`${at} needs another slug: small letters, digits and single -, and not payload-… .`)
  }
  if (taken.has(slug)) throw new Error(`${at}: that name is taken. Choose another slug.`)
  refusePlainEndpoints(at, entity)
}

/** @param standard what the product itself has there. */
const refusePlainEndpoints = (at: string, { endpoints }: Entity, standard?: Entity): void => {
  const own = new Set((standard?.endpoints || []).map(({ handler }) => handler))
  if (!(endpoints || []).some(({ handler }) => !own.has(handler))) return
  throw new Error(
    `${at} has endpoints of its own. Define them by defineEndpoint or defineCommand and list them in \`endpoints\`, so that they are checked, limited and described.`,
  )
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Whoever puts something into what they are given does not change the product. Functions stay the same ones, so they can be found again. */
const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf)
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)])) : value
}

/**
 * The product's collections or globals with what an installation changes in them and adds.
 * @throws Error that says what to change: an unknown or taken slug, or a change that drops what the product relies on.
 */
export const composeEntities = <E extends Entity>(
  standard: readonly E[],
  given: Readonly<Record<string, ChangedOrNew<E>>>,
  composed: Composed,
): E[] => {
  const { what } = composed
  const changes = new Map<string, (standard: E) => E>()
  const added: E[] = []
  const slugs = standard.map(({ slug }) => slug)
  for (const [slug, one] of Object.entries(given)) {
    if (typeof one === 'function') {
      if (!slugs.includes(slug)) {
        throw new Error(
          `There is no ${what.toLowerCase()} "${slug}" in the product that could be changed. There are ${slugs.join(', ')}; a new one is given as it is, not as a function.`,
        )
      }
      changes.set(slug, one)
    } else {
      if (slugs.includes(slug)) {
        throw new Error(
          `${what} "${slug}" is the product's: give a function that changes it, \`(standard) => ({ ...standard })\`, or choose another slug.`,
        )
      }
      checkNew(slug, one, composed)
      added.push(one)
    }
  }
  return [
    ...standard.map((entity) => {
      const change = changes.get(entity.slug)
      if (!change) return entity
      // A copy of a configuration is one.
      const changed = change(copyOf(entity) as E)
      refusePlainEndpoints(`${what} "${entity.slug}"`, changed, entity)
      checkChanged(what, entity, changed)
      return changed
    }),
    ...added,
  ]
}
