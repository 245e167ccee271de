import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import config from '../../.dependency-cruiser.mjs'
import eslintConfig from '../../eslint.config.mjs'

/** One forbidden import: the file that has it, what it imports, and the rule that refuses it. */
type Forbidden = [from: string, imports: string, rule: string]

const valueImports: Forbidden[] = [
  // shared
  ['src/shared/a.ts', '#settings', 'shared-builds-on-what-is-below'],
  ['src/shared/b.ts', '#sessions/session-states', 'shared-builds-on-what-is-below'],
  ['src/shared/c.ts', 'payload', 'pure-files-know-nothing-outside'],
  // Pure files, in every feature that has some.
  ['src/sessions/decide-a.ts', 'payload', 'pure-files-know-nothing-outside'],
  ['src/sessions/create/decide-b.ts', '#settings', 'pure-files-know-nothing-outside'],
  ['src/sessions/decide-c.ts', '#endpoints/index', 'pure-files-know-nothing-outside'],
  ['src/payments/refund/decide-d.ts', 'stripe', 'pure-files-know-nothing-outside'],
  ['src/payments/compute-e.ts', '#settings', 'pure-files-know-nothing-outside'],
  ['src/payments/f-states.ts', '@payloadcms/db-postgres', 'pure-files-know-nothing-outside'],
  ['src/calendar/entries/decide-g.ts', '@googleapis/calendar', 'pure-files-know-nothing-outside'],
  ['src/availability/slots/compute-h.ts', 'node:fs', 'pure-files-know-nothing-outside'],
  ['src/meetings/decide-i.ts', '#settings', 'pure-files-know-nothing-outside'],
  ['src/requests/j-states.ts', 'payload', 'pure-files-know-nothing-outside'],
  ['src/checkout/decide-k.ts', '#settings', 'pure-files-know-nothing-outside'],
  ['src/notifications/decide-l.ts', '#hooks/shared/hook', 'pure-files-know-nothing-outside'],
  ['src/sessions/decide-m.ts', './session-queries', 'pure-files-use-pure-files'],
  ['src/sessions/decide-n.ts', '#calendar/busy/is-busy-elsewhere', 'pure-files-are-not-what-only-sounds-so'],
  // Features and what stands above them.
  ['src/access/a.ts', '#database/transactions', 'access-builds-on-what-is-below'],
  ['src/challenge/a.ts', '#payments/payment-states', 'challenge-builds-on-what-is-below'],
  ['src/database/a.ts', '#payments/payment-states', 'database-builds-on-what-is-below'],
  ['src/observability/a.ts', '#database/transactions', 'observability-builds-on-what-is-below'],
  ['src/outbox/a.ts', '#payments/payment-states', 'outbox-builds-on-what-is-below'],
  ['src/providers/a.ts', '#payments/payment-states', 'providers-builds-on-what-is-below'],
  ['src/events/a.ts', '#payments/payment-states', 'events-builds-on-what-is-below'],
  ['src/payments/a.ts', '#sessions/session-states', 'payments-builds-on-what-is-below'],
  ['src/documents/a.ts', '#sessions/session-states', 'documents-builds-on-what-is-below'],
  ['src/notifications/a.ts', '#sessions/session-states', 'notifications-builds-on-what-is-below'],
  ['src/calendar/icalendar/a.ts', '#calendar/busy/is-busy-elsewhere', 'calendar-icalendar-builds-on-what-is-below'],
  ['src/calendar/a.ts', '#availability/types', 'calendar-builds-on-what-is-below'],
  ['src/meetings/a.ts', '#sessions/session-states', 'meetings-builds-on-what-is-below'],
  ['src/availability/a.ts', '#sessions/session-states', 'availability-builds-on-what-is-below'],
  ['src/directory/a.ts', '#payments/payment-states', 'directory-builds-on-what-is-below'],
  ['src/attributes/a.ts', '#sessions/session-states', 'attributes-builds-on-what-is-below'],
  ['src/accounts/a.ts', '#sessions/session-states', 'accounts-builds-on-what-is-below'],
  ['src/sessions/a.ts', '#checkout/fulfil-checkout', 'sessions-builds-on-what-is-below'],
  ['src/sessions/b.ts', '#requests/request-states', 'sessions-builds-on-what-is-below'],
  ['src/sessions/c.ts', '#hooks/shared/hook', 'sessions-builds-on-what-is-below'],
  ['src/checkout/a.ts', '#requests/request-states', 'checkout-builds-on-what-is-below'],
  ['src/checkout/b.ts', '#worker/sweep', 'checkout-builds-on-what-is-below'],
  ['src/requests/a.ts', '#checkout/fulfil-checkout', 'requests-builds-on-what-is-below'],
  ['src/reviews/a.ts', '#endpoints/index', 'reviews-builds-on-what-is-below'],
  ['src/reviews/b.ts', '#server/environment', 'reviews-builds-on-what-is-below'],
  ['src/media/a.ts', '#sessions/session-queries', 'media-builds-on-what-is-below'],
  ['src/desk/a.ts', '#worker/sweep', 'desk-builds-on-what-is-below'],
  ['src/sessions/d.ts', '#nowhere/thing', 'every-folder-has-its-place'],
  ['src/sessions/e-states.ts', '#database/transactions', 'state-tables-know-shared-alone'],
  // The edges.
  ['hooks/shared/a.ts', '#endpoints/index', 'hooks-use-features'],
  ['hooks/shared/b.ts', '#collections/Users', 'hooks-use-features'],
  ['hooks/shared/c.ts', '@payloadcms/db-postgres', 'sql-in-queries'],
  ['collections/A.ts', '#endpoints/index', 'collections-use-hooks-and-features'],
  ['collections/B.ts', '#worker/sweep', 'collections-use-hooks-and-features'],
  ['endpoints/a.ts', '#hooks/shared/hook', 'endpoints-use-features'],
  ['endpoints/b.ts', '#server/environment', 'endpoints-use-features'],
  ['src/composition/a.ts', '#server/environment', 'composition-knows-no-process'],
  ['src/worker/a.ts', '#hooks/shared/hook', 'worker-collects-features'],
  ['src/sandbox/a.ts', '#sessions/session-queries', 'sandboxes-stand-apart'],
  ['src/app/(site)/a.ts', '#sessions/session-queries', 'site-uses-the-public-api'],
  ['src/app/(account)/a.ts', '#sessions/session-queries', 'site-uses-the-public-api'],
  ['src/app/(payload)/a.ts', '#endpoints/index', 'no-hooks-or-endpoints-in-the-admin'],
  ['src/server/a.ts', '../../test/support/thing', 'product-never-imports-tests'],
  // SQL, and the packages of providers.
  ['src/sessions/e.ts', '@payloadcms/db-postgres', 'sql-in-queries'],
  ['src/payments/refund/b.ts', 'stripe', 'stripe-only-at-its-gateway'],
  ['src/calendar/busy/b.ts', '@googleapis/calendar', 'google-only-at-its-gateway'],
  ['src/calendar/busy/c.ts', '#calendar/google/google-calendar', 'calendars-go-by-their-providers'],
  ['src/calendar/google/d.ts', '#calendar/busy/is-busy-elsewhere', 'calendar-providers-know-the-contract'],
  ['src/notifications/b.ts', 'resend', 'resend-only-at-its-gateway'],
  ['src/notifications/c.ts', '@react-email/render', 'email-only-at-its-gateway'],
  ['src/payments/c.ts', 'pdfkit', 'pdf-only-at-its-gateway'],
  ['src/accounts/c.ts', 'otpauth', 'second-factors-only-at-its-gateway'],
  ['src/sessions/f.ts', 'ical.js', 'icalendar-only-at-its-gateway'],
  ['src/outbox/b.ts', 'graphile-worker', 'queue-only-at-its-gateway'],
  ['src/sessions/g.ts', 'pg', 'postgres-only-at-its-gateway'],
  ['endpoints/c.ts', 'next', 'next-only-at-its-gateway'],
  ['src/accounts/b.ts', 'openid-client', 'openid-only-at-its-gateway'],
  ['src/media/b.ts', '@aws-sdk/client-s3', 's3-only-at-its-gateway'],
  ['src/sessions/h.ts', 'prom-client', 'metrics-only-at-its-gateway'],
  ['src/observability/b.ts', 'prom-client', 'watching-is-loaded-when-wanted'],
  // A circle is reported at one of its files.
  ['src/checkout/circle-b.ts', './circle-a', 'no-circle'],
]

/** Types are imports as well. */
const typeImports: Forbidden[] = [
  ['src/sessions/decide-t.ts', 'payload', 'pure-files-know-nothing-outside'],
  ['src/notifications/u.ts', '#requests/request-states', 'notifications-builds-on-what-is-below'],
  ['src/notifications/t.ts', '#requests/request-queries', 'notifications-builds-on-what-is-below'],
  ['src/checkout/t.ts', 'stripe', 'stripe-only-at-its-gateway'],
]

const targets = [
  ...[
    'settings',
    'sessions/session-states',
    'sessions/session-queries',
    'payments/payment-states',
    'database/transactions',
  ],
  ...[
    'calendar/busy/is-busy-elsewhere',
    'calendar/google/google-calendar',
    'availability/types',
    'checkout/fulfil-checkout',
    'requests/request-states',
  ],
  'requests/request-queries',
  ...['worker/sweep', 'server/environment', 'nowhere/thing'],
].map((name) => `src/${name}.ts`)
const edges = ['hooks/shared/hook.ts', 'endpoints/index.ts', 'collections/Users.ts', 'test/support/thing.ts']

let folder: string
let violations: ICruiseResult['summary']['violations']

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-layers-'))
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  for (const file of ['package.json', 'tsconfig.json']) write(file, readFileSync(file, 'utf8'))
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  for (const file of [...targets, ...edges]) write(file, 'export const thing = 1\n')
  write('src/checkout/circle-a.ts', "export * from './circle-b'\n")
  for (const [from, imports] of valueImports) write(from, `export * from '${imports}'\n`)
  for (const [from, imports] of typeImports) write(from, `export type * from '${imports}'\n`)
  // What is allowed, so that a rule that refuses everything is noticed.
  write(
    'src/checkout/allowed.ts',
    "export * from '#sessions/session-states'\nexport * from '#payments/payment-states'\n",
  )
  write('src/sessions/decide-allowed.ts', "export * from './session-states'\nexport type * from './session-queries'\n")
  write('src/payments/stripe/allowed.ts', "export * from 'stripe'\n")
  write('src/sessions/allowed-queries.ts', "export * from '@payloadcms/db-postgres'\n")
  const { output } = await cruise(
    ['src', 'hooks', 'collections', 'endpoints'],
    {
      ...config.options,
      cache: false,
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: config.forbidden ?? [] },
    },
    config.options?.enhancedResolveOptions,
    { tsConfig: extractTSConfig(path.join(folder, 'tsconfig.json')) },
  )
  if (typeof output === 'string') throw new Error('The cruise answered with text.')
  violations = output.summary.violations
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const rulesAgainst = (file: string) =>
  violations.flatMap(({ from, cycle, rule }) =>
    from === file || cycle?.some(({ name }) => name === file) ? [rule.name] : [],
  )

describe('an import that points the wrong way', () => {
  it.each([...valueImports, ...typeImports])('%s may not import %s', (from, _imports, rule) => {
    expect(rulesAgainst(from)).toContain(rule)
  })

  it.each([
    'src/checkout/allowed.ts',
    'src/sessions/decide-allowed.ts',
    'src/payments/stripe/allowed.ts',
    'src/sessions/allowed-queries.ts',
  ])('%s may', (file) => {
    expect(rulesAgainst(file)).toEqual([])
  })

  it('has a case for every rule', () => {
    const tried = new Set([...valueImports, ...typeImports].map(([, , rule]) => rule))
    const rules = (config.forbidden ?? []).map(({ name }) => name)
    // There is nothing below the settings but `shared`, and nothing in them to import anything else.
    expect(rules.filter((name) => name !== 'settings-builds-on-what-is-below' && !tried.has(name ?? ''))).toEqual([])
  })
})

describe('a domain file that reads the clock', () => {
  // That block alone: the rules about types would load the whole program.
  const blocks = eslintConfig.filter(({ rules }) => rules?.['no-restricted-syntax'] !== undefined)
  const lint = (text: string, file: string) =>
    new Linter()
      .verify(
        text,
        blocks.map((block) => ({ ...block, languageOptions: { parser: tseslint.parser } })) as Linter.Config[],
        { filename: file },
      )
      .map(({ ruleId }) => ruleId)

  it.each(['Date.now()', 'new Date()', 'performance.now()', 'Math.random()', 'Temporal.Now.instant()'])(
    'is refused: %s',
    (expression) => {
      expect(lint(`export const at = ${expression}`, 'src/sessions/decide-a.ts')).toEqual(['no-restricted-syntax'])
      expect(lint(`export const at = ${expression}`, 'src/sessions/session-queries.ts')).not.toContain(
        'no-restricted-syntax',
      )
    },
  )
})
