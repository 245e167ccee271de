import { parseArgs } from 'node:util'
import pg from 'pg'
import { runMigrations } from '#database/run-migrations'
import { setEnvironment } from '#server/environment'
import { retentionSettings } from '#shared/retention'

/**
 * Fills an empty database as a large installation has it, within minutes: `node --import tsx bench/scale-fill.ts --database=postgres://…
 * --consultants=5000 --sessions=1000000`. Each consultant offers two services with 60 days published; of the sessions, all but every hundredth are
 * past. The role must be a superuser's: foreign keys and triggers are not run. `bench/scale.ts` fills its databases with it.
 */
const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    consultants: { type: 'string', default: '5000' },
    sessions: { type: 'string', default: '1000000' },
    /** Logs in to the admin of what was filled. */
    email: { type: 'string', default: 'scale@parley.example' },
    password: { type: 'string', default: 'a-long-enough-password-for-scale' },
  },
})
if (!values.database) throw new Error('--database is missing: the address of an empty database.')

const startedAt = Date.now()
const say = (text: string) => console.log(`${Math.round((Date.now() - startedAt) / 1_000)} s: ${text}`)

await runMigrations(values.database)
setEnvironment({ NODE_ENV: 'production', PARLEY_DEMO: '1', DATABASE_URL: values.database, LOG_LEVEL: 'error' })
const [{ openPayload }, { multiplyConsultants, seed }, { fillSessions }] = await Promise.all([
  import('#server/open-payload'),
  import('./seed'),
  import('./fill-tables'),
])
const { payload, close } = await openPayload()
const client = new pg.Client({ connectionString: values.database })
await client.connect()
await payload.create({
  collection: 'users',
  data: { email: values.email, password: values.password, name: 'Scale', roles: ['admin'], _verified: true },
})
// What is filled in is of years: a worker would spend the first hours on removing it.
await payload.updateGlobal({
  slug: 'booking-settings',
  data: {
    retention: Object.fromEntries(Object.entries(retentionSettings).map(([name, { most }]) => [name, most])),
  },
})
await seed(payload)
const { docs } = await payload.find({
  collection: 'consultant-profiles',
  where: { slug: { like: 'listed-' } },
  limit: 100,
  depth: 0,
})
await payload.create({
  collection: 'service-types',
  data: {
    name: 'Scale call',
    slug: 'scale-call',
    durations: [30],
    defaultDurationMinutes: 30,
    isFree: true,
    isActive: true,
    consultants: docs.map(({ id }) => id),
  },
})
const { publishSlots } = await import('#directory/published-slots/publish-slots')
for (const { id } of docs) await publishSlots(payload, id)
say('two dozen consultants')
await multiplyConsultants(payload, client, Number(values.consultants))
say(`${values.consultants} consultants with their published time`)
await fillSessions(client, Number(values.sessions))
say(`${values.sessions} sessions`)
// Published as if a worker had just been there: of an installation that runs, few are published anew at any time.
await client.query(
  `UPDATE parley.directory SET published_at = now(), days_at = now(), publish_again_at = now() + (1 + random() * 6) * interval '1 hour'`,
)
await client.query('DELETE FROM parley.publication_wishes')
await client.query('DELETE FROM parley.errands')
await client.query('DELETE FROM graphile_worker._private_jobs')
await client.query('VACUUM (ANALYZE)')
say('statistics')
await client.end()
await close()
process.exit(0)
