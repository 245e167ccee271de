import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { cleanUpLater } from '../support/clean-up'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../support/fixtures'
import { findFreePort } from '../support/free-port'
import { openTestPayload } from '../support/payload'
import { openStripeSandbox } from '../support/stripe-sandbox'
import { createTemporaryFolder } from '../support/temporary-folder'

const run = promisify(execFile)

/** The account without rights that every Linux has. */
const nobody = 65_534

/**
 * One of the image's commands as its container runs it: in the folder that was assembled, which cannot be written, as an account without rights.
 */
const startCommand = (
  folder: string,
  script: string,
  env: Record<string, string | undefined>,
): ChildProcess & { said: () => string } => {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', HOME: '/', ...env } satisfies NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  cleanUpLater(() => void child.kill('SIGKILL'))
  return Object.assign(child, { said: () => said })
}

const waitUntilReady = async (child: ChildProcess & { said: () => string }): Promise<void> => {
  const ended = once(child, 'close').then(() => Promise.reject(new Error(`It ended: ${child.said()}`)))
  await Promise.race([once(child, 'message'), ended])
}

const residentMegabytes = async (child: ChildProcess): Promise<number> => {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
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

    const migrate = startCommand(folder, 'src/database/migrate.ts', env)
    const [code] = (await once(migrate, 'close')) as [number]
    expect(migrate.said()).toContain('The database is up to date.')
    expect(code).toBe(0)

    const startedAt = performance.now()
    const web = startCommand(folder, 'src/server/web.ts', env)
    await waitUntilReady(web)
    const seconds = (performance.now() - startedAt) / 1000
    const worker = startCommand(folder, 'src/server/worker.ts', env)
    await waitUntilReady(worker)

    expect((await fetch(`${env.SERVER_URL}/api/health/ready`)).status).toBe(200)
    const [webAtRest, workerAtRest] = await Promise.all([residentMegabytes(web), residentMegabytes(worker)])
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
    process.stdout.write(
      `Image: ${size} MB; web ready after ${seconds.toFixed(1)} s, ${Math.round(webAtRest)} MB; worker ${Math.round(workerAtRest)} MB\n`,
    )
    for (const child of [web, worker]) child.kill('SIGTERM')
    expect(await Promise.all([web, worker].map((child) => once(child, 'close')))).toEqual([
      [0, null],
      [0, null],
    ])
  },
)
