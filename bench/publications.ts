import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from '@payloadcms/db-postgres'
import { startResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import { setEnvironment } from '#server/environment'
import { openBenchDatabase } from './bench-world'
import { describeMachine } from './format'
import { startWeb, startWorker } from './processes'

/**
 * How long the mail that confirms a booking takes while the free time of many consultants is to be published: `node --import tsx
 * bench/publications.ts --consultants=5000`. Two edits of a service type that all of them offer: one that touches no time, and one that does.
 */
const { values } = parseArgs({ options: { consultants: { type: 'string', default: '5000' } } })

const cleanUps: (() => Promise<unknown>)[] = []

const say = (text: string) => console.log(text)

const measure = async (): Promise<void> => {
  const { url: databaseUrl, client, close: closeDatabase } = await openBenchDatabase({ shared_buffers: '512MB' })
  cleanUps.push(closeDatabase)
  const resend = await startResendSandbox({ port: 0 })
  cleanUps.push(resend.close)
  setEnvironment({
    NODE_ENV: 'production',
    PARLEY_DEMO: '1',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'warn',
    RESEND_API_KEY: 're_bench',
    RESEND_BASE_URL: resend.url,
  })
  const [{ openPayload }, { seed }, { poolDb }] = await Promise.all([
    import('#server/open-payload'),
    import('./seed'),
    import('#database/transactions'),
  ])
  const { payload, close } = await openPayload()
  cleanUps.push(close)
  const { bookable, serviceType } = await seed(payload)
  const copies = Math.ceil(Number(values.consultants) / 12)
  // With what they offer, but nothing published: that is what the worker is to do.
  await poolDb(payload).execute(sql`
    WITH copies AS (
      SELECT c.id AS source, gen_random_uuid() AS id, n FROM consultant_profiles c, generate_series(2, ${copies}::int) n
      WHERE c.slug LIKE 'listed-%'
    ), made AS (
      INSERT INTO consultant_profiles
      SELECT (jsonb_populate_record(c, jsonb_build_object('id', k.id, 'slug', c.slug || '-' || k.n, 'name', c.name || ' ' || k.n))).*
      FROM copies k JOIN consultant_profiles c ON c.id = k.source
    )
    INSERT INTO service_types_rels ("order", parent_id, path, consultant_profiles_id)
    SELECT r."order", r.parent_id, r.path, k.id FROM copies k JOIN service_types_rels r ON r.consultant_profiles_id = k.source`)
  await client.query('DELETE FROM graphile_worker._private_jobs')
  await client.query('ANALYZE')
  const web = await startWeb(databaseUrl)
  cleanUps.push(web.stop)
  const worker = await startWorker(databaseUrl)
  cleanUps.push(worker.stop)

  let booked = 0
  const confirm = async (): Promise<number> => {
    const before = resend.control.emails().length
    const start = performance.now()
    const answer = await fetch(`${web.url}/api/booking/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        consultant: bookable[booked % bookable.length],
        serviceType,
        start: nextStart(),
        customer: { name: 'Jo Guest', email: `jo-${booked++}@parley.example`, timeZone: 'UTC' },
      }),
    })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    while (resend.control.emails().length <= before) await delay(5)
    return (performance.now() - start) / 1_000
  }
  const median = async (): Promise<string> => {
    const seconds: number[] = []
    for (let n = 0; n < 5; n++) seconds.push(await confirm())
    seconds.sort((a, b) => a - b)
    return `${(seconds[2] ?? 0).toFixed(2)} s (${(seconds[0] ?? 0).toFixed(2)} to ${(seconds[4] ?? 0).toFixed(2)})`
  }
  const edit = async (data: { sortOrder: number } | { bufferAfterMinutes: number }): Promise<string> => {
    const start = performance.now()
    await payload.update({ collection: 'service-types', where: { slug: { equals: serviceType } }, data })
    const { rows } = await client.query<{ jobs: number }>(
      `SELECT count(*)::int AS jobs FROM graphile_worker.jobs WHERE task_identifier LIKE 'publish%'`,
    )
    return `the edit took ${((performance.now() - start) / 1_000).toFixed(2)} s, ${rows[0]?.jobs ?? 0} publications in the queue`
  }

  say(`Machine: ${describeMachine()}; ${copies * 12} consultants`)
  await confirm()
  say(`Nothing else to do: a confirmation takes ${await median()}`)
  say(`sortOrder: ${await edit({ sortOrder: 7 })}; a confirmation takes ${await median()}`)
  await client.query(`DELETE FROM graphile_worker._private_jobs WHERE locked_at IS NULL`)
  say(`bufferAfterMinutes: ${await edit({ bufferAfterMinutes: 15 })}; a confirmation takes ${await median()}`)
}

let hours = 24 * 3
/** A full hour that no other booking has. */
const nextStart = (): string =>
  new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + hours++ * 3_600_000).toISOString()

try {
  await measure()
} finally {
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
}
