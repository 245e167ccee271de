import pg from 'pg'
import { findRestoredHold } from '#database/facts-of-backups'
import { settings } from '#settings'
import { StartError } from './exit-with-line'
import { checkPooling } from './check-pooling'
import { checkDatabase, requireMigrations } from './open-database'

export const demoEmails = ['admin', 'operations', 'consultant', 'customer'].map((name) => `${name}@parley.example`)

const findDemoLogins = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ email: string }>('SELECT email FROM users WHERE email = ANY($1)', [demoEmails])
  return rows.map(({ email }) => email)
}

/**
 * What must be true before a process serves anybody.
 * @throws StartError when the database is not set or not migrated, is reached through a pooler of which the settings do not know, or when a production holds the demo's logins, whose
 * password everybody knows.
 */
export const checkInstallation = async (): Promise<void> => {
  const { databaseUrl: url, databaseDirectUrl: directUrl } = settings
  if (!url || !directUrl) throw new StartError('DATABASE_URL is not set. `npm start` brings a database of its own.')
  await checkDatabase(url)
  if (settings.databasePooling !== 'none') await checkDatabase(directUrl, 'DATABASE_DIRECT_URL')
  await checkPooling({ url, directUrl, pooling: settings.databasePooling })
  await requireMigrations(url)
  if (!settings.isProduction) return
  await withClient(url, async (client) => {
    const demoLogins = await findDemoLogins(client)
    if (demoLogins.length) {
      throw new StartError(`This is a demo database (${demoLogins.join(', ')}): production needs one of its own.`)
    }
  })
}

/**
 * What must be true before a worker does anything by itself.
 * @throws StartError when the database was restored from a backup and nobody has looked yet: what it has before it was done in part already.
 */
export const requireReleased = async (): Promise<void> => {
  const url = settings.databaseUrl
  const hold = url && (await withClient(url, findRestoredHold))
  if (!hold) return
  throw new StartError(
    `This database was restored from a backup of ${hold.takenAt}, and nobody has compared it with Stripe yet: run \`npm run restore:release\` first (docs/operations.md, "After a restore").`,
  )
}

const withClient = async <Result>(url: string, run: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
