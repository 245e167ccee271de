import type { CollectionConfig } from 'payload'

/** What an installation adds to the product or changes in it. `docs/extending.md` tells each with an example. */
export type ParleyOptions = {
  /** By slug: a collection of yours, or what becomes of one of the product's. */
  collections?: Record<string, CollectionConfig | ((standard: CollectionConfig) => CollectionConfig)>
}
