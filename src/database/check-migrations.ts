import { setEnvironment } from '#server/environment'
import { exitWithLine } from '#server/exit-with-line'
import type { SchemaSnapshot } from './schema-snapshot'
import { findMigrationBase, readProductSnapshot } from './find-migration-base'
import { findNeededSchema } from './find-needed-schema'
import { hasExtension, listMigrationFiles } from './migration-files'
import { inFormOf, listSchemaChanges } from './schema-changes'

/** Says that migrations are `missing`, and shows what they would hold, when the schemas differ. */
const refuseDifference = async (missing: string, from: SchemaSnapshot, to: SchemaSnapshot): Promise<void> => {
  // Said beforehand where drizzle would ask about a name and nobody is there to answer.
  const ask = () => console.error(`${missing} What is there may be new or renamed.`)
  process.once('exit', ask)
  const statements = await listSchemaChanges(from, to)
  process.removeListener('exit', ask)
  if (!statements.length) return
  console.error([`${missing} It would write:`, ...statements].join('\n'))
  process.exitCode = 1
}

/**
 * Fails when the product's collections, or what the extension makes of them, have a field, an index or an option that no
 * migration makes: then a database would lack it.
 */
try {
  // Building the configuration needs no secrets.
  setEnvironment({ PARLEY_DEMO: '1' })
  await listMigrationFiles()
  const { extensions } = await import('#extensions/index')
  const isExtended = await hasExtension(extensions)
  const [product, extended] = await Promise.all([
    findNeededSchema('product'),
    isExtended ? findNeededSchema('extended') : undefined,
  ])
  await refuseDifference(
    'The product’s migrations are not complete: run `npx payload migrate:create <name>`.',
    inFormOf(product, (await readProductSnapshot()).schema),
    product,
  )
  if (extended) {
    await refuseDifference(
      'The extension’s migrations are not complete: run `npm run migrate:create -- <name>`.',
      await findMigrationBase(product),
      extended,
    )
  }
  if (!process.exitCode) console.log('The migrations are complete.')
} catch (error) {
  exitWithLine(error)
}
