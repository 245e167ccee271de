import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import {
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  throwAwaySettings,
  type EmbeddedPostgres,
} from '#database/embedded-postgres'
import { compileOnce } from '#server/build-once'
import { hashTestPassword, type PasswordHash } from './hash-test-password'

declare module 'vitest' {
  interface ProvidedContext {
    /** The maintenance database of this run's own PostgreSQL, as a superuser. */
    postgresUrl: string
    /** A migrated, empty database to clone. */
    templateName: string
    testPassword: PasswordHash
  }
}

const prefix = 'parley-test-'
const templateName = 'template_parley'
const run = promisify(execFile)

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A run that was killed has left its PostgreSQL behind. */
const removeAbandoned = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^parley-test-(\d+)-/.exec(name)?.[1])
    if (!pid || isAlive(pid)) continue
    await removeEmbeddedPostgres(path.join(tmpdir(), name, 'postgres')).catch(() => undefined)
    await rm(path.join(tmpdir(), name), { recursive: true, force: true })
  }
}

const createTemplate = async (postgres: EmbeddedPostgres): Promise<void> => {
  const client = new pg.Client({ connectionString: postgres.url('postgres') })
  await client.connect()
  await client.query(`CREATE DATABASE ${templateName}`)
  await client.end()
  // The command itself, so that it is tested by every run. Awaited: a blocked process would block the server's output.
  await run(process.execPath, ['src/server/run.mjs', 'src/database/migrate.ts'], {
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: postgres.url(templateName) },
  })
}

type Shared = { users: number; started: Promise<{ url: string; stop: () => Promise<void> }> }

/** Several projects of one run share one PostgreSQL; each of them runs this file. */
const shared = globalThis as typeof globalThis & { parleyTestPostgres?: Shared }

const start = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  await removeAbandoned()
  // Processes that tests start run as in production.
  await compileOnce(() => undefined)
  const dir = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`))
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(dir, 'postgres'), settings: throwAwaySettings })
  const stop = async () => {
    await postgres.stop()
    await removeEmbeddedPostgres(path.join(dir, 'postgres'))
    await rm(dir, { recursive: true, force: true })
  }
  try {
    await createTemplate(postgres)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: postgres.url('postgres'), stop }
}

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const state = (shared.parleyTestPostgres ??= { users: 0, started: start() })
  state.users++
  const { url, stop } = await state.started
  project.provide('postgresUrl', url)
  project.provide('templateName', templateName)
  project.provide('testPassword', hashTestPassword())
  return async () => {
    state.users--
    if (state.users === 0) {
      delete shared.parleyTestPostgres
      await stop()
    }
  }
}
