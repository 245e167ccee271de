import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setEnvironment } from '#server/environment'
import { exitWithLine } from '#server/exit-with-line'
import { findMigrationBase, readProductSnapshot, type ExtensionSnapshot } from './find-migration-base'
import { findNeededSchema } from './find-needed-schema'
import { extensionMigrationsDir, hasExtension, listMigrations, MigrationError } from './migration-files'
import { renderMigration } from './render-migration'
import { inFormOf, listSchemaChanges } from './schema-changes'

/** `YYYYMMDD_HHMMSS`: now, or right after the latest migration where its name lies in the future. */
const nextStamp = async (): Promise<string> => {
  const latest = (await listMigrations()).at(-1) ?? ''
  const after = Date.parse(latest.replace(/^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d).*/, '$1-$2-$3T$4:$5:$6Z')) + 1000
  const at = new Date(Math.max(Date.now(), after || 0))
  return at.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '_')
}

/**
 * Writes what the extension adds and no migration makes yet: from a database that has the present product's migrations and
 * the extension's so far to what the extended product needs.
 * @returns the file, or undefined when nothing is missing.
 */
const createExtensionMigration = async (name: string): Promise<string | undefined> => {
  const stamp = await nextStamp()
  const [product, extended, latest] = await Promise.all([
    findNeededSchema('product'),
    findNeededSchema('extended'),
    readProductSnapshot(),
  ])
  if ((await listSchemaChanges(inFormOf(product, latest.schema), product)).length) {
    throw new MigrationError(
      'The product’s own migrations are not complete, so nothing can be put onto them. `node --import tsx src/database/check-migrations.ts` shows what is missing.',
    )
  }
  const base = await findMigrationBase(product)
  const up = await listSchemaChanges(base, extended)
  if (!up.length) return undefined
  const down = await listSchemaChanges(extended, base)
  const file = path.join(extensionMigrationsDir, `${stamp}_${name}`)
  const snapshot: ExtensionSnapshot = { madeOn: latest.name, schema: extended }
  await mkdir(extensionMigrationsDir, { recursive: true })
  await writeFile(`${file}.json`, `${JSON.stringify(snapshot, null, 2)}\n`)
  await writeFile(`${file}.ts`, renderMigration({ up, down }))
  return path.relative(process.cwd(), `${file}.ts`)
}

/** `npm run migrate:create -- <name>`, in an installation. */
try {
  // Building the configuration needs no secrets.
  setEnvironment({ PARLEY_DEMO: '1' })
  const name = process.argv.slice(2).join('_').replace(/\W/g, '_')
  if (!name) throw new MigrationError('How is the migration to be called? `npm run migrate:create -- <name>`')
  const { extensions } = await import('#extensions/index')
  if (!(await hasExtension(extensions))) {
    throw new MigrationError(
      'src/extensions/ adds nothing to the product. The product’s own migrations are made with `npx payload migrate:create <name>`.',
    )
  }
  process.once('exit', (code) => {
    // Node's own code for what never came: nobody could answer drizzle.
    if (code === 13) console.error('\nWhat is there may be new or renamed: run this in a terminal, where it can ask.')
  })
  const file = await createExtensionMigration(name)
  console.log(
    file
      ? `Wrote ${file}: read it, then run \`npm run migrate\`.`
      : 'The extension needs no migration: there is nothing to do.',
  )
} catch (error) {
  exitWithLine(error)
}
