import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { compiledName } from '#shared/own-script'
import { compileOnce } from '#server/build-once'
import { consent, createExpert, execute, openCalendarWorld } from '../../support/calendar-world'
import { connectTo, createTestDatabase, type TestDatabase } from '../../support/database'
import { createTemporaryFolder } from '../../support/temporary-folder'
import { startWebProcess, startWorkerProcess } from '../../support/servers'

/** Megabytes of code that a worker has no use for, or none before it is asked to. */
const unneeded = [
  ...['next', 'react-dom', '@payloadcms/next', '@payloadcms/ui', '@react-email/components', '@lexical/react'],
  ...['pdfkit', 'swagger-ui-dist', 'drizzle-kit', 'esbuild', 'tsx', 'typescript', 'prettier', 'monaco-editor'],
]

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 })

let folder: string
let database: TestDatabase

beforeAll(async () => {
  folder = await compileOnce(() => undefined)
  database = await createTestDatabase()
})

/** What makes a process write down what it loads, and how to read that. */
const tellLoaded = async () => {
  const list = path.join(await createTemporaryFolder(), 'loaded')
  const hook = pathToFileURL(path.resolve('test/support/tell-loaded.mjs')).href
  return {
    env: { NODE_OPTIONS: `--import ${hook}`, LOADED_FILES: list },
    read: async () => [...new Set((await readFile(list, 'utf8')).trim().split('\n'))],
  }
}

/** How many bytes these files have of each package; of what is loaded from its place, as many as there can be. */
const bytesByPackage = async (files: readonly string[]): Promise<Map<string, number>> => {
  const compiled = JSON.parse(await readFile(path.join(folder, 'packages.json'), 'utf8')) as Record<
    string,
    Record<string, number>
  >
  const sums = new Map<string, number>()
  for (const file of files) {
    const apart = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]
    if (apart) sums.set(apart, Infinity)
    if (!file.includes(folder)) continue
    for (const [name, bytes] of Object.entries(compiled[path.basename(file)] ?? {})) {
      sums.set(name, (sums.get(name) ?? 0) + bytes)
    }
  }
  return sums
}

it('a package of CommonJS that is loaded later has the names that Node gives it', async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.mjs'))
  const texts = new Map(
    await Promise.all(files.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const)),
  )
  const later = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/import\("\.\/([^"]+)"\)/g)].map(([, name]) => name),
  )
  expect(later.length).toBeGreaterThan(20)
  expect(later.filter((name) => /export default require_\w+\(\)/.test(texts.get(name ?? '') ?? ''))).toEqual([])
  const client = files.find((name) => /^build-\w+\.mjs$/.test(name) && texts.get(name)?.includes('calendar_v3')) ?? ''
  expect(Object.keys((await import(path.resolve(folder, client))) as object)).toEqual(
    expect.arrayContaining(['calendar', 'calendar_v3', 'default']),
  )
})

describe('the worker that npm run build has compiled', () => {
  it('loads no source, nothing that it has no use for, and tells the lines of the sources in its log', async () => {
    const loaded = await tellLoaded()
    const worker = await startWorkerProcess({ database, compiled: true, env: loaded.env })

    const files = await loaded.read()
    expect(files.filter((file) => /\.tsx?$/.test(file))).toEqual([])
    const bytes = await bytesByPackage(files)
    for (const name of ['payload', 'graphile-worker', 'pg', 'stripe'])
      expect(bytes.get(name), name).toBeGreaterThan(1e5)
    // One helper of the admin's is no admin.
    expect(unneeded.filter((name) => (bytes.get(name) ?? 0) > 100_000)).toEqual([])

    const client = await connectTo(database)
    await client.query(`SELECT graphile_worker.add_job('settle-payment', '{"paymentId":"no-id"}', max_attempts => 1)`)
    const findLine = () =>
      worker
        .output()
        .split('\n')
        .find((one) => one.includes('"task":"settle-payment"')) ?? ''
    await expect.poll(findLine, { timeout: 60_000 }).not.toBe('')
    const line = findLine()
    const { stack = '' } = (JSON.parse(line) as { err: { stack?: string } }).err
    const [, file = '', at] = /\(?([^() ]*\/src\/[\w/-]+\.ts):(\d+):\d+/.exec(stack) ?? []
    expect(stack).toContain('/src/worker/run-job.ts:')
    const named = (await readFile(file.replace(/^file:\/\//, ''), 'utf8')).split('\n')[Number(at) - 1]
    expect(named, stack).toMatch(/\w\(/)
    expect(await worker.stop()).toBe(0)
  })
})

it('the compiled worker reads calendars at Google, whose client it loads when it is needed', async () => {
  const world = await openCalendarWorld()
  const expert = await createExpert(world)
  expect(await consent(world, expert)).toBe('connected')
  const worker = await startWorkerProcess({ database: world.database, compiled: true })
  const read = () => execute(world, sql`SELECT calendar_id AS id FROM connected_calendars WHERE generation > 0`)
  await expect.poll(read, { timeout: 60_000 }).toEqual([{ id: expert.email }])
  expect(await worker.stop(), worker.output()).toBe(0)
})

describe('the web process that npm run build has compiled', () => {
  it('answers the API, GraphQL and what is ready', async () => {
    const web = await startWebProcess({ database, compiled: true })
    expect((await fetch(`${web.url}/api/booking/consultants`)).status).toBe(200)
    const graphql = await fetch(`${web.url}/api/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: '{ ConsultantProfiles(limit: 1) { totalDocs } }' }),
    })
    expect(await graphql.json()).toEqual({ data: { ConsultantProfiles: { totalDocs: 0 } } })
    const ready = (await (await fetch(`${web.url}/api/health/ready`)).json()) as { parts: object }
    expect(ready.parts).toMatchObject({ database: { ok: true }, migrations: { ok: true } })
    expect(await web.stop()).toBe(0)
  })
})

it('a calendar is read in a thread that is compiled as well', async () => {
  const calendar = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:one', 'DTSTAMP:20260101T000000Z'],
    ...['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z', 'END:VEVENT', 'END:VCALENDAR'],
  ].join('\r\n')
  const options = {
    from: Date.UTC(2026, 0, 1),
    until: Date.UTC(2026, 1, 1),
    timeZone: 'Europe/Berlin',
    ownEmails: [],
  }
  const thread = new Worker(path.resolve(folder, compiledName('src/calendar/file/parse-feed-worker.ts')), {
    workerData: { text: calendar, options },
    execArgv: [],
  })
  const parsed = await new Promise((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  expect(JSON.stringify(parsed)).toContain(String(Date.UTC(2026, 0, 5, 9)))
})
