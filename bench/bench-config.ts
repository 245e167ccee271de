import { buildConfig, type CollectionConfig, type Config, type SanitizedConfig } from 'payload'
import parleyConfig from '../payload.config'

/** A plain collection of five fields without hooks: what a `create` of Payload costs by itself. Exists in benchmarks alone. */
const BenchNotes: CollectionConfig = {
  slug: 'bench-notes',
  access: { create: () => true, read: () => false, update: () => false, delete: () => false },
  fields: [
    { name: 'title', type: 'text', required: true },
    { name: 'body', type: 'textarea' },
    { name: 'amount', type: 'number' },
    { name: 'at', type: 'date' },
    { name: 'isActive', type: 'checkbox' },
  ],
}

/** Parley with that collection beside its own. */
export const benchConfig = async (): Promise<SanitizedConfig> => {
  const parley = await parleyConfig
  // What was completed once may be completed again, although the types do not say so.
  const config: unknown = {
    ...parley,
    // Payload adds its own ones again.
    collections: [...parley.collections.filter(({ slug }) => !slug.startsWith('payload-')), BenchNotes],
  }
  return buildConfig(config as Config)
}
