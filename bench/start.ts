import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '#database/embedded-postgres'
import { runMigrations } from '#database/run-migrations'
import { projectRoot } from '#server/environment'
import { findFreePort } from '#server/free-port'
import { describeMachine } from './format'
import { type Memory, measureStart, type Moment } from './measure-start'

/**
 * What a web process and a worker need until they answer and while they have nothing to do, started as production starts them (`npm run build` comes
 * first): `node --import tsx bench/start.ts`. `--folder` measures another checkout, `--rounds`, `--idle` seconds of rest. Memory does
 * not depend on the other work of a machine, and processor time little; seconds do. Linux only.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: projectRoot },
    rounds: { type: 'string', default: '1' },
    idle: { type: 'string', default: '10' },
  },
})

const folder = path.resolve(values.folder)
const say = (line: string) => process.stdout.write(`${line}\n`)

/** What `npm run <name>` gives to Node. */
const commandOf = async (name: string): Promise<string[]> => {
  const { scripts } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  return (scripts[name] ?? '').split(' ').slice(1)
}

const tell = ({ seconds, processorSeconds }: Moment): string =>
  `${processorSeconds.toFixed(1)} s of the processor, ${seconds.toFixed(1)} s`
const tellMemory = ({ resident, proportional }: Memory): string =>
  `${Math.round(resident)} MB resident (${Math.round(proportional)} proportional)`

const dir = await mkdtemp(path.join(tmpdir(), 'parley-start-'))
const dataDir = path.join(dir, 'postgres')
const postgres = await startEmbeddedPostgres({ dataDir })

const measureOnce = async (idleSeconds: number): Promise<void> => {
  const port = await findFreePort(4_100, '127.0.0.1')
  const url = `http://127.0.0.1:${port}`
  const env = {
    PATH: process.env.PATH,
    HOME: dir,
    NODE_ENV: 'production' as const,
    DATABASE_URL: postgres.url('start'),
    PORT: String(port),
    HOST: '127.0.0.1',
    SERVER_URL: url,
    MEDIA_DIR: path.join(dir, 'media'),
    PAYLOAD_SECRET: 'x'.repeat(40),
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    STRIPE_SECRET_KEY: 'sk_test_start',
    STRIPE_WEBHOOK_SECRET: 'whsec_start',
    // Nothing listens there, and nothing is to be sent.
    STRIPE_API_BASE: 'http://127.0.0.1:9',
    RESEND_API_KEY: 're_start',
    RESEND_BASE_URL: 'http://127.0.0.1:9',
    EMAIL_FROM: 'Parley <bookings@parley.example>',
    LOG_LEVEL: 'warn',
  }
  say(`Load of the machine: ${loadavg()[0]?.toFixed(1)}`)
  const worker = await measureStart(await commandOf('worker'), { folder, env })
  say(`  worker ready                      ${tell(worker.ready)}`)
  say(`  worker at rest                    ${tellMemory(await worker.atRest(idleSeconds))}`)
  await worker.stop()

  const web = await measureStart(await commandOf('serve'), { folder, env, url })
  say(`  web: first answer (live)          ${web.live && tell(web.live)}`)
  const atRest = await web.atRest(idleSeconds)
  for (const [name, at] of [
    ['first answer of the API', '/api/booking/consultants'],
    ['first page', '/'],
    ['first page of the admin', '/admin/login'],
  ] as const) {
    const before = await web.moment()
    const after = await web.firstAnswer(url + at)
    const took = {
      seconds: after.seconds - before.seconds,
      processorSeconds: after.processorSeconds - before.processorSeconds,
    }
    say(`  web: ${name.padEnd(28)} ${tell(took)} more`)
  }
  say(`  web at rest                       ${tellMemory(atRest)}`)
  say(`  web at rest after these           ${tellMemory(await web.atRest(idleSeconds))}`)
  await web.stop()
}

try {
  say(`Machine: ${describeMachine()}; ${folder}`)
  const admin = new pg.Client({ connectionString: postgres.url('postgres') })
  await admin.connect()
  await admin.query('CREATE DATABASE start')
  await admin.end()
  await runMigrations(postgres.url('start'))
  for (let round = 0; round < Number(values.rounds); round++) await measureOnce(Number(values.idle))
} finally {
  await postgres.stop()
  await removeEmbeddedPostgres(dataDir)
  await rm(dir, { recursive: true, force: true })
}
