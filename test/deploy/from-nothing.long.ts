import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { ResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import { cleanUpLater } from '../support/clean-up'
import { type DebianPostgres, startDebianPostgres } from '../support/debian-postgres'
import { eventually } from '../support/faults/fault-world'
import { alwaysOpen, guest, hourIn, iso } from '../support/fixtures'
import { findFreePort } from '../support/free-port'
import { kindOf, openResendSandbox } from '../support/resend-sandbox'
import { openStripeSandbox } from '../support/stripe-sandbox'
import { createTemporaryFolder } from '../support/temporary-folder'

/**
 * "Run it for real" of the README, and what operations.md says of the days after, in their order: from a clone of HEAD and an empty PostgreSQL
 * of Debian. Providers alone are sandboxes.
 */

const run = promisify(execFile)
const patience = 900_000

let folder: string
let postgres: DebianPostgres
let stripe: StripeSandbox
let resend: ResendSandbox
let url: string
let backups: string

/** What a shell has on a machine where nothing of Parley is set. */
const shell = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => /^(PATH|HOME|LANG|npm_config_.*|.*_proxy)$/i.test(name))
  return Object.fromEntries(kept) as NodeJS.ProcessEnv
}

type Ended = { code: number; output: string }

const npm = async (...args: string[]): Promise<Ended> => {
  const options = { cwd: folder, env: shell(), maxBuffer: 50_000_000 }
  return run('npm', args, options).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, output: stdout + stderr }),
  )
}

type Running = { output: () => string; stop: () => Promise<void> }

/** A process that goes on. `stop` ends it as a terminal does, npm with it, and looks whether it has said of any fault. */
const start = (script: string): Running => {
  const child = spawn('npm', ['run', '--silent', script], { cwd: folder, env: shell(), detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(child, 'close')
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, name)
    } catch {
      // It has ended.
    }
  }
  cleanUpLater(() => signal('SIGKILL'))
  return {
    output: () => output,
    stop: async () => {
      signal('SIGTERM')
      await ended
      expect(output).not.toContain('"level":"error"')
    },
  }
}

/** Uncomments settings of `.env.example`, which has to have them. */
const fillIn = (example: string, values: Record<string, string>): string =>
  Object.entries(values).reduce((text, [name, value]) => {
    const line = new RegExp(`^#?${name}=.*$`, 'm')
    if (!line.test(text)) throw new Error(`.env.example has no ${name}.`)
    return text.replace(line, () => `${name}=${value}`)
  }, example)

const ask = async (
  method: string,
  at: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; json: Record<string, unknown> }> => {
  const answer = await fetch(`${url}/api${at}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

beforeAll(async () => {
  folder = path.join(await createTemporaryFolder(), 'parley')
  backups = await createTemporaryFolder()
  await run('git', ['clone', '-q', '--no-local', process.cwd(), folder])
  postgres = await startDebianPostgres()
  const port = await findFreePort()
  url = `http://127.0.0.1:${port}`
  const money = await openStripeSandbox({ webhookUrl: `${url}/api/stripe/webhooks` })
  const mail = await openResendSandbox()
  ;({ stripe } = money)
  ;({ resend } = mail)

  await run('bash', ['deploy/postgres/create-role.sh'], {
    cwd: folder,
    env: { ...shell(), ...postgres.asAdministrator, PARLEY_DATABASE_PASSWORD: 'a password' },
  })
  const example = await readFile(path.join(folder, '.env.example'), 'utf8')
  const { PGHOST, PGPORT } = postgres.asAdministrator
  const settings = fillIn(example, {
    NODE_ENV: 'production',
    DATABASE_URL: `postgres://parley_app:a%20password@${PGHOST}:${PGPORT}/parley`,
    SERVER_URL: 'https://booking.company.example',
    PAYLOAD_SECRET: randomBytes(36).toString('base64'),
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    ...money.env,
    ...mail.env,
    EMAIL_FROM: 'Company <bookings@company.example>',
    TRUSTED_PROXIES: '1',
    PORT: String(port),
    BACKUP_PASSPHRASE: 'a passphrase of some length',
    POSTGRES_BIN_DIR: postgres.binDir,
  })
  await writeFile(path.join(folder, '.env'), settings)
}, patience)

describe('from nothing', () => {
  it(
    'is installed, built and migrated, and says what is missing before that',
    async () => {
      expect(await npm('ci', '--no-audit', '--no-fund')).toMatchObject({ code: 0 })
      expect(await npm('run', '--silent', 'build')).toMatchObject({ code: 0 })
      const early = await npm('run', '--silent', 'serve')
      expect(early.code).toBe(1)
      expect(early.output).toMatch(/npm run migrate/)
      expect(await npm('run', '--silent', 'migrate')).toMatchObject({ code: 0 })
      // What is checked in is not touched by any of it.
      expect((await run('git', ['status', '--porcelain'], { cwd: folder })).stdout).toBe('')
    },
    patience,
  )

  it(
    'is driven: an administrator, an expert, a paid booking with its mail',
    async () => {
      const made = await npm('run', '--silent', 'admin', '--', 'owner@company.example')
      expect(made.code, made.output).toBe(0)
      const web = start('serve')
      const worker = start('worker')
      const isReady = async () => {
        const answer = await fetch(`${url}/api/health/ready`).catch((error: unknown) => String(error))
        expect(
          typeof answer === 'string' ? answer : { status: answer.status, parts: await answer.json() },
          web.output() + worker.output(),
        ).toMatchObject({ status: 200 })
      }
      await eventually(isReady)

      const password = /\S{12,}(?=\s*$)/.exec(made.output.trim())?.[0] ?? ''
      const login = await ask('POST', '/users/login', { body: { email: 'owner@company.example', password } })
      expect(login.status, made.output).toBe(200)
      const headers = { Authorization: `JWT ${String(login.json.token)}` }
      const create = async (collection: string, body: unknown): Promise<string> => {
        const answer = await ask('POST', `/${collection}`, { body, headers })
        expect(answer.status, JSON.stringify(answer.json)).toBe(201)
        return String((answer.json.doc as { id: string }).id)
      }
      const user = await create('users', {
        ...{ name: 'Kenji Watanabe', email: 'kenji@company.example', password: randomBytes(12).toString('hex') },
        roles: ['consultant'],
      })
      const consultant = await create('consultant-profiles', {
        ...{ user, name: 'Kenji Watanabe', slug: 'kenji', email: 'kenji@company.example', isPublic: true },
        consulting: { basePrice: 12_000, currency: 'GBP' },
        availability: alwaysOpen,
        _status: 'published',
      })
      await create('service-types', {
        ...{ name: 'Call', slug: 'call', durations: [30], defaultDurationMinutes: 30, isActive: true, isFree: false },
        prices: [{ durationMinutes: 30, amount: 5_000, currency: 'GBP' }],
        consultants: [consultant],
      })
      const customer = guest()
      const start1 = iso(hourIn(5))
      const booked = await ask('POST', '/booking/sessions', {
        body: { consultant: 'kenji', serviceType: 'call', start: start1, customer },
        headers: { 'Idempotency-Key': 'from-nothing' },
      })
      expect(booked.status, JSON.stringify(booked.json)).toBe(201)
      const [checkout] = Object.values(stripe.control.tables().checkout_sessions)
      stripe.control.payCheckout(checkout?.id ?? '')
      const mails = () => resend.control.emails().filter(({ to }) => to.includes(customer.email))
      await eventually(() => expect(mails().map(kindOf)).toContain('booking_confirmation/customer'))
      const confirmation = mails().find((mail) => kindOf(mail) === 'booking_confirmation/customer')
      const link = /https:\/\/booking\.company\.example\/\S+/.exec(confirmation?.text ?? '')?.[0]
      expect(link).toContain('/booking/')

      const pages = await Promise.all(
        ['/', '/experts/kenji', '/admin/login', '/docs'].map((at) => fetch(`${url}${at}`)),
      )
      expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      await worker.stop()
      await web.stop()
    },
    patience,
  )

  it(
    'is looked after: books, keys, backup, restore into an empty database',
    async () => {
      expect(await npm('run', '--silent', 'check:money')).toMatchObject({ code: 0 })
      expect(await npm('run', '--silent', 'keys:rotate')).toMatchObject({ code: 0 })
      const taken = await npm('run', '--silent', 'backup', '--', backups, '--keep', '14')
      expect(taken.code, taken.output).toBe(0)
      const [name = ''] = await readdir(backups)
      expect(await npm('run', '--silent', 'backup:verify', '--', path.join(backups, name))).toMatchObject({ code: 0 })

      const empty = await postgres.createEmpty('parley_again')
      const env = await readFile(path.join(folder, '.env'), 'utf8')
      await writeFile(path.join(folder, '.env'), env.replace(/^DATABASE_URL=.*$/m, `DATABASE_URL=${empty.url}`))
      const restored = await npm('run', '--silent', 'restore', '--', path.join(backups, name))
      expect(restored.code, restored.output).toBe(0)
      const released = await npm('run', '--silent', 'restore:release')
      expect(released.code, released.output).toBe(0)
      const web = start('serve')
      await eventually(async () => {
        const found = await ask('GET', '/booking/consultants').catch((error: unknown) => String(error))
        expect(found).toMatchObject({ status: 200, json: { docs: [{ slug: 'kenji' }] } })
      })
      await web.stop()
    },
    patience,
  )
})
