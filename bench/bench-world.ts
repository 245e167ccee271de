import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '#database/embedded-postgres'
import { runMigrations } from '#database/run-migrations'
import { startGoogleSandbox } from '#sandbox/google/start-google-sandbox'
import { startResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import { startStripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { benchTables } from './bench-tables'

/** A PostgreSQL of its own with a migrated database and the tables of the benches, and a connection to it. `close` leaves nothing behind. */
export const openBenchDatabase = async (settings: Record<string, string>) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'parley-bench-'))
  const dataDir = path.join(dir, 'postgres')
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { max_connections: '60', ...settings } })
  const admin = new pg.Client({ connectionString: postgres.url('postgres') })
  await admin.connect()
  await admin.query('CREATE DATABASE bench')
  await admin.end()
  const url = postgres.url('bench')
  await runMigrations(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(benchTables)
  return {
    url,
    client,
    close: async () => {
      await client.end()
      await postgres.stop()
      await removeEmbeddedPostgres(dataDir)
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Sandboxes of all providers, and the environment that leads to them. */
export const startProviders = async () => {
  const webhookSecret = 'whsec_of_the_bench'
  const oauth = { clientId: 'bench.apps.googleusercontent.com', clientSecret: 'GOCSPX-bench' }
  const stripe = await startStripeSandbox({ port: 0, host: '127.0.0.1' })
  const resend = await startResendSandbox({ port: 0 })
  const google = await startGoogleSandbox({ port: 0, host: '127.0.0.1', ...oauth })
  return {
    stripe,
    resend,
    google,
    webhookSecret,
    env: {
      STRIPE_SECRET_KEY: 'sk_test_bench',
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_BASE: stripe.url,
      RESEND_API_KEY: 're_bench',
      RESEND_BASE_URL: resend.url,
      GOOGLE_CLIENT_ID: oauth.clientId,
      GOOGLE_CLIENT_SECRET: oauth.clientSecret,
      GOOGLE_API_BASE: google.url,
    },
    close: async () => {
      for (const { close } of [google, resend, stripe]) await close()
    },
  }
}
