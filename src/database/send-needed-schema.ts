import payload, { buildConfig } from 'payload'
import type { PostgresAdapter } from '@payloadcms/db-postgres'

/**
 * Sends the process that started it what the product needs of a database, alone (`product`) or with the extension (`extended`).
 * A process for each: what an extension adds is known to the whole process, and the product alone is to know nothing of it.
 */
const load = {
  product: async () => {
    const { parley } = await import('#parley')
    return buildConfig(parley())
  },
  extended: async () => (await import('../../payload.config')).default,
}
const whose = process.argv.at(-1) === 'product' ? 'product' : 'extended'
await payload.init({ config: await load[whose](), disableDBConnect: true, disableOnInit: true })
const adapter = payload.db as unknown as PostgresAdapter
const snapshot = await adapter.requireDrizzleKit().generateDrizzleJson(adapter.schema)
process.send?.(snapshot, () => process.exit(0))
