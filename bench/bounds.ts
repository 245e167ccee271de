import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { setEnvironment } from '#server/environment'
import { openBenchDatabase } from './bench-world'
import { describeMachine } from './format'

/**
 * What the bounds of claims cost a hold: `node --import tsx bench/bounds.ts`. Holds of a stranger, which are counted, and of our own code, which are not,
 * are taken in turn in this process, so that only the difference between them is left.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, holds: { type: 'string', default: '100' } },
})

const cleanUps: (() => Promise<unknown>)[] = []
const say = (text: string) => console.log(text)

const quantile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] ?? Number.NaN

/** Of `ratios`, the median and the quartiles. */
const spread = (ratios: readonly number[]): string =>
  `${quantile(ratios, 0.5).toFixed(3)} (${quantile(ratios, 0.25).toFixed(3)} to ${quantile(ratios, 0.75).toFixed(3)})`

const halfHourMs = 1_800_000
const dayMs = 86_400_000

const measure = async (): Promise<void> => {
  const { url: databaseUrl, client, close: closeDatabase } = await openBenchDatabase({ shared_buffers: '512MB' })
  cleanUps.push(closeDatabase)
  setEnvironment({ NODE_ENV: 'production', PARLEY_DEMO: '1', DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' })
  const { openPayload } = await import('#server/open-payload')
  const { payload, close } = await openPayload()
  cleanUps.push(close)
  // Only once the configuration is complete: some of these wait for it while they are loaded, and it for them.
  const [{ seed }, { holdTime }, { withTransaction }, { localRequest }, { findClaimed }, { claimantOf }] =
    await Promise.all([
      import('./seed'),
      import('#availability/holds/hold-time'),
      import('#database/transactions'),
      import('#database/local-request'),
      import('#availability/bounds/claimed-queries'),
      import('#availability/bounds/claimant'),
    ])
  const { bookable, serviceType } = await seed(payload)
  await client.query('ANALYZE')

  let taken = 0
  const first = Math.ceil(Date.now() / dayMs + 1) * dayMs
  const holdOnce = async (address: string | null): Promise<void> => {
    const n = taken++
    const consultant = bookable[n % bookable.length] ?? ''
    const start = first + Math.floor(n / bookable.length) * halfHourMs
    const req = await localRequest(payload)
    req.headers = new Headers(address === null ? {} : { 'x-forwarded-for': address })
    await withTransaction(req, (tx) => holdTime(tx, { consultant, serviceType, start }))
  }
  const address = () => `10.${randomBytes(3).join('.')}`
  const time = async (of: () => string | null): Promise<{ wall: number; processor: number }> => {
    const [from, used] = [performance.now(), process.cpuUsage()]
    for (let n = 0; n < Number(values.holds); n++) await holdOnce(of())
    const { user, system } = process.cpuUsage(used)
    return { wall: performance.now() - from, processor: (user + system) / 1_000 }
  }

  say(`Machine: ${describeMachine()}; ${values.rounds} rounds of ${values.holds} holds each`)
  await time(address)
  await time(() => null)
  const wall: number[] = []
  const processor: number[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const isCountedFirst = round % 2 === 0
    const one = await time(isCountedFirst ? address : () => null)
    const other = await time(isCountedFirst ? () => null : address)
    const [counted, uncounted] = isCountedFirst ? [one, other] : [other, one]
    // Nobody has hundreds at once, nor do all strangers of one consultant.
    await client.query(`DELETE FROM availability_slots WHERE status = 'held'`)
    wall.push(uncounted.wall / counted.wall)
    processor.push(counted.processor / uncounted.processor)
  }
  say(`holds counted / not, throughput: ${spread(wall)}; target ≥ 0.9`)
  say(`holds counted / not, processor time of this process: ${spread(processor)}`)

  const req = await localRequest(payload)
  req.headers = new Headers({ 'x-forwarded-for': '10.0.0.1' })
  const { rows } = await client.query<{ id: string }>(`SELECT id FROM consultant_profiles WHERE slug = $1`, [
    bookable[0],
  ])
  const consultantId = rows[0]?.id ?? ''
  const claimant = await claimantOf(req, consultantId)
  await client.query(
    `INSERT INTO availability_slots (id, consultant_id, starts_at, ends_at, occupied_from, occupied_until, duration_minutes, status, hold_expires_at, claimed_by)
     SELECT gen_random_uuid(), $1, s, s + interval '30 minutes', s, s + interval '30 minutes', 30, 'held', now() + interval '1 hour',
       CASE WHEN n <= 200 THEN $2 ELSE 'n' || n END
     FROM generate_series(1, 900) n, LATERAL (SELECT date_trunc('day', now()) + interval '200 days' + n * interval '30 minutes' AS s) one`,
    [consultantId, claimant.by],
  )
  await client.query('ANALYZE availability_slots')
  const each: number[] = []
  for (let n = 0; n < 500; n++) {
    const from = performance.now()
    await withTransaction(req, (tx) => findClaimed(tx, { consultantId, claimant, exceptSlotId: null, now: Date.now() }))
    each.push(performance.now() - from)
  }
  say(
    `counting alone, beside 200 claims of the visitor and 700 of other strangers: ${quantile(each, 0.5).toFixed(2)} ms`,
  )
}

try {
  await measure()
} finally {
  for (const cleanUp of cleanUps.reverse()) await cleanUp().catch(() => undefined)
}
