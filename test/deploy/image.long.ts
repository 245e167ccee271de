import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { measureStart } from '../../bench/measure-start'
import { cleanUpLater } from '../support/clean-up'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../support/fixtures'
import { findFreePort } from '../support/free-port'
import { openTestPayload } from '../support/payload'
import { openStripeSandbox } from '../support/stripe-sandbox'
import { createTemporaryFolder } from '../support/temporary-folder'

const run = promisify(execFile)

/** The account without rights that every Linux has. */
const nobody = 65_534

/** Megabytes and seconds of the processor that a production may take; those on the clock depend on what else a machine does. */
const targets = { webAtRest: 400, workerAtRest: 200, webProcessorSeconds: 6 }

/** What a command of `package.json` gives to Node, as the image and the units do. */
const commandOf = async (name: string): Promise<string[]> => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> }
  return (scripts[name] ?? '').split(' ').slice(1)
}

/**
 * One of the image's commands as its container runs it: in the folder that was assembled, which cannot be written, as an account without rights.
 */
const startCommand = async (
  folder: string,
  name: string,
  env: Record<string, string | undefined>,
  url?: string,
): Promise<Awaited<ReturnType<typeof measureStart>>> => {
  const running = await measureStart(await commandOf(name), {
    folder,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', HOME: '/', ...env } satisfies NodeJS.ProcessEnv,
    ...(url === undefined ? {} : { url }),
    user: process.getuid?.() === 0 ? nobody : undefined,
  })
  cleanUpLater(() => void running.child.kill('SIGKILL'))
  return running
}

it(
  'what the image adds to its base is small, and runs as nobody in a folder that cannot be written',
  { timeout: 900_000 },
  async () => {
    const parent = await createTemporaryFolder()
    const folder = path.join(parent, 'app')
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'deploy/image/assemble.ts', folder], {
      maxBuffer: 1e7,
    })
    expect(Number.parseInt(stdout, 10)).toBeLessThanOrEqual(700)
    await run('chmod', ['-R', 'a-w', folder])
    cleanUpLater(() => run('chmod', ['-R', 'u+w', folder]).then(() => undefined))
    const media = path.join(parent, 'media')
    await mkdir(media)
    await chmod(media, 0o777)

    const { payload, database } = await openTestPayload()
    const { profile } = await createConsultant(payload)
    const service = await createServiceType(payload, [profile])
    const { env: stripe } = await openStripeSandbox()
    const port = String(await findFreePort())
    const env = {
      DATABASE_URL: database.url,
      MEDIA_DIR: media,
      PORT: port,
      SERVER_URL: `http://127.0.0.1:${port}`,
      PAYLOAD_SECRET: 'x'.repeat(40),
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      STRIPE_SECRET_KEY: 'sk_test_image',
      STRIPE_WEBHOOK_SECRET: 'whsec_image',
      STRIPE_API_BASE: stripe.url,
      RESEND_API_KEY: 're_image',
      EMAIL_FROM: 'Parley <bookings@parley.example>',
    }

    const { stdout: migrated } = await run(process.execPath, await commandOf('migrate'), {
      cwd: folder,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env } satisfies NodeJS.ProcessEnv,
      ...(process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
    })
    expect(migrated).toContain('The database is up to date.')

    const web = await startCommand(folder, 'serve', env, env.SERVER_URL)
    const worker = await startCommand(folder, 'worker', env)
    const [webAtRest, workerAtRest] = await Promise.all([web.atRest(10), worker.atRest(10)])
    // Nothing that is compiled is read as TypeScript, and nothing else is there to read it.
    expect(existsSync(path.join(folder, 'node_modules/tsx'))).toBe(false)

    expect((await fetch(`${env.SERVER_URL}/api/health/ready`)).status).toBe(200)
    for (const page of ['/', '/admin/login', '/docs'])
      expect((await fetch(env.SERVER_URL + page)).status, page).toBe(200)
    const booked = await fetch(`${env.SERVER_URL}/api/booking/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        consultant: profile.slug,
        serviceType: service.slug,
        start: iso(hourIn(7)),
        customer: guest(),
      }),
    })
    expect(booked.status, await booked.clone().text()).toBe(201)
    const size = stdout.trim().split(' ')[0]
    const told = {
      webAtRest: Math.round(webAtRest.resident),
      workerAtRest: Math.round(workerAtRest.resident),
      webProcessorSeconds: web.live?.processorSeconds ?? Infinity,
    }
    process.stdout.write(
      `Image: ${size} MB; web: first answer after ${told.webProcessorSeconds} s of the processor, ${web.live?.seconds.toFixed(1)} s on the clock, ${told.webAtRest} MB at rest; worker ${told.workerAtRest} MB; load ${loadavg()[0]?.toFixed(1)}\n`,
    )
    for (const [name, most] of Object.entries(targets)) {
      expect(told[name as keyof typeof targets], name).toBeLessThanOrEqual(most)
    }
    const ends = [web, worker].map(({ child }) => once(child, 'close'))
    for (const { child } of [web, worker]) child.kill('SIGTERM')
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ])
  },
)
