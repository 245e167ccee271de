import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineConfig } from 'vitest/config'

// Compiled modules outlive a run: every process that a test starts loads all of Payload.
process.env.NODE_COMPILE_CACHE ??= path.resolve('node_modules/.cache/node-compile')

const environment: Partial<NodeJS.ProcessEnv> = {
  NODE_ENV: 'test',
  LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
  TZ: 'UTC',
  // Limits of providers are for the tests that are about them.
  ...Object.fromEntries(
    ['STRIPE', 'RESEND', 'GOOGLE', 'GOOGLE_USER', 'ZOOM', 'FEED_HOST'].map((name) => [`${name}_PER_SECOND`, '0']),
  ),
  // Tests decide themselves which providers there are.
  ...Object.fromEntries(
    ['DATABASE_URL', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'RESEND_API_KEY', 'GOOGLE_CLIENT_ID'].map((name) => [
      name,
      '',
    ]),
  ),
}

const database = {
  globalSetup: ['test/support/global-setup.ts'],
  setupFiles: ['test/support/fresh-start.ts', 'test/support/clean-up.ts'],
  // All of Payload is loaded once per worker; `fresh-start` sees to it that files share nothing else.
  isolate: false,
}

/** `npm run test:long` repeats much more of the same. */
const isLong = (mode: string): boolean => mode === 'long'

/** Two workers in all: what needs nothing first, and then, without a wait in between, whatever needs a database. */
export default defineConfig(({ mode }) => ({
  resolve: { alias: { '@payload-config': path.resolve('payload.config.ts') } },
  test: {
    env: { ...environment, PARLEY_TEST_LENGTH: isLong(mode) ? 'long' : 'usual' },
    pool: 'forks',
    maxWorkers: 2,
    // Both cores have a worker each: helper threads of the collector would only take them from each other.
    execArgv: [
      '--max-semi-space-size=64',
      '--single-threaded-gc',
      `--import=${pathToFileURL('test/support/load-directly.mjs').href}`,
    ],
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: ['test/support/declare-messages.ts'],
          include: ['test/{unit,property,contract}/**/*.test.{ts,tsx}'],
          // These need a database.
          exclude: ['test/property/{calendar,directory,money}/**'],
          isolate: false,
          testTimeout: isLong(mode) ? 600_000 : 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...database,
          name: 'database',
          include: [
            'test/{integration,api,security}/**/*.test.{ts,tsx}',
            'test/property/{calendar,directory,money}/**/*.test.ts',
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...database,
          globalSetup: [...database.globalSetup, 'test/support/browser-setup.ts', 'test/support/chromium-setup.ts'],
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...database,
          // Longer ones look at the pages of an installation.
          globalSetup: [...database.globalSetup, ...(isLong(mode) ? ['test/support/chromium-setup.ts'] : [])],
          name: 'fault',
          include: [
            'test/{fault,extension}/**/*.test.ts',
            ...(isLong(mode) ? ['test/{extension,deploy,fault}/**/*.long.ts'] : []),
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
}))
