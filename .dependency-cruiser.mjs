// What may import what. docs/architecture.md tells it in words; test/unit/layers.test.ts puts forbidden imports into every layer.

/** The features below `src/`, and what each of them builds on. What is not named here is out of bounds. */
const buildsOn = {
  shared: [],
  settings: ['shared'],
  access: ['settings', 'shared'],
  database: ['access', 'settings', 'shared'],
  challenge: ['database', 'access', 'settings', 'shared'],
  observability: ['settings', 'shared'],
  outbox: ['observability', 'database', 'shared'],
  providers: ['database', 'settings', 'shared'],
  events: ['outbox', 'observability', 'database', 'access', 'settings', 'shared'],
  'calendar/icalendar': ['shared'],
  payments: ['providers', 'events', 'outbox', 'database', 'access', 'settings', 'shared'],
  media: ['providers', 'outbox', 'database', 'access', 'settings', 'shared'],
  documents: ['payments', 'database', 'settings', 'shared'],
  notifications: ['calendar/icalendar', 'payments', 'providers', 'outbox', 'database', 'access', 'settings', 'shared'],
  attributes: ['database', 'access', 'settings', 'shared'],
  meetings: ['providers', 'outbox', 'database', 'settings', 'shared'],
  calendar: ['meetings', 'notifications', 'providers', 'outbox', 'database', 'access', 'settings', 'shared'],
  availability: ['calendar', 'challenge', 'outbox', 'observability', 'database', 'access', 'settings', 'shared'],
  directory: ['attributes', 'availability', 'events', 'outbox', 'database', 'access', 'settings', 'shared'],
  accounts: ['attributes', 'notifications', 'outbox', 'database', 'access', 'settings', 'shared'],
  sessions: [
    ...['accounts', 'attributes', 'availability', 'calendar', 'meetings', 'notifications', 'payments'],
    ...['events', 'outbox', 'database', 'access', 'settings', 'shared'],
  ],
  checkout: [
    ...['sessions', 'payments', 'availability', 'meetings', 'notifications'],
    ...['events', 'outbox', 'database', 'access', 'settings', 'shared'],
  ],
  requests: [
    ...['sessions', 'accounts', 'availability', 'directory', 'notifications'],
    ...['events', 'outbox', 'database', 'access', 'settings', 'shared'],
  ],
  reviews: ['sessions', 'notifications', 'events', 'database', 'access', 'settings', 'shared'],
  desk: [
    ...[
      'accounts',
      'sessions',
      'checkout',
      'requests',
      'payments',
      'notifications',
      'meetings',
      'calendar',
      'availability',
      'directory',
      'media',
    ],
    ...['attributes', 'events', 'providers', 'observability', 'outbox', 'database', 'access', 'settings', 'shared'],
  ],
}

const escape = (name) => name.replace('/', '\\/')
/** The files of a part of `src/`: a folder, or the one file `settings.ts`. */
const filesOf = (name) => (name === 'settings' ? '^src/settings\\.ts$' : `^src/${escape(name)}/`)
const alternatives = (names) => names.map(filesOf).join('|')

/** Everything of ours; packages are a matter of other rules. */
const ours = '^(src|collections|hooks|endpoints|test|bench)/|^(payload|vitest|next)\\.config|^payload-types'
const payloadTypes = '^payload-types\\.ts$'
const features = alternatives(Object.keys(buildsOn))

/** Programs that happen to stand beside what they use; nothing imports them. */
const programs = '^src/database/(migrate|create-extension-migration|check-migrations|send-needed-schema)\\.ts$'

/** Tables of states know `shared` alone, so one may be read from below where what stands there goes by the states. */
const stateTables = '^src/[a-z/-]+-states\\.ts$'
const tablesOf = {
  calendar: ['^src/sessions/session-states\\.ts$'],
}

const featureRules = Object.entries(buildsOn).map(([name, below]) => ({
  name: `${name.replace('/', '-')}-builds-on-what-is-below`,
  comment: `src/${name} builds on ${below.join(', ') || 'nothing'}. Let what stands above it hand in what it needs.`,
  severity: 'error',
  from: {
    path: filesOf(name),
    pathNot: [
      programs,
      ...Object.keys(buildsOn)
        .filter((other) => other.startsWith(`${name}/`))
        .map(filesOf),
    ],
  },
  to: { path: ours, pathNot: [filesOf(name), payloadTypes, ...(tablesOf[name] ?? []), ...below.map(filesOf)] },
}))

/** Decisions, states and the like: they read neither clock nor environment nor database. */
export const pureFiles = [
  '^src/shared/(?!ids\\.ts|encryption\\.ts|operation\\.ts|turns\\.ts)',
  '^src/(?!app/|sandbox/|server/)[a-z/-]+/(decide|compute|is)-[a-z-]+\\.ts$',
  '^src/(?!app/|sandbox/|server/)[a-z/-]+-(states|kinds|events)\\.ts$',
  '^src/availability/(types|slot-states|rules/[a-z-]+|slots/(group-by-local-date|create-local-formatter|parse-window)|offers/(offer|offered-prices))\\.ts$',
  '^src/sessions/(session-timing|expiry-reasons|session-event-status|create/compose-session)\\.ts$',
  '^src/payments/(refund/cancellation-policy|charge/(charge-entries|capture-deadline))\\.ts$',
  '^src/notifications/(message-(data|parts)|render/compose-snapshots)\\.ts$',
  '^src/directory/(to-search-key|published-slots/(fields-of-times|search-window))\\.ts$',
  '^src/desk/(storage/table-groups|search/read-search-terms)\\.ts$',
  '^src/access/related-id\\.ts$',
  '^src/meetings/(merge-meeting-news|room-error|zoom/(read-zoom-event|verify-zoom-webhook))\\.ts$',
  '^src/calendar/icalendar/',
]
/** Their names begin or end so, but they do something. */
const impureFiles = [
  '^src/calendar/busy/is-busy-elsewhere\\.ts$',
  '/stripe-events/',
  '^src/payments/[a-z-]+/(account|card|charge|refund|transfer)-events\\.ts$',
  '^src/checkout/(dispute/dispute|stripe-events/[a-z-]+)-events\\.ts$',
  '^src/(app|sandbox|server|worker)/',
  '^src/availability/rules/to-rules\\.ts$',
]

const inPackage = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`

/** A package, and where alone it is used: beyond that there are facts of ours. */
const gateway = (name, packages, where, { types = true } = {}) => ({
  name: `${name}-only-at-its-gateway`,
  comment: `${packages.join(', ')} is known in ${where.join(', ')} alone; beyond it there are facts of ours.`,
  severity: 'error',
  from: { path: '^(src|hooks|endpoints|collections)/', pathNot: where },
  to: { path: inPackage(...packages), ...(types ? {} : { dependencyTypesNot: ['type-only'] }) },
})

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...featureRules,
    {
      name: 'state-tables-know-shared-alone',
      comment: 'Every feature may read a table of states, so it must not bring anything along.',
      severity: 'error',
      from: { path: stateTables, pathNot: '^src/database/' },
      to: { path: '^src/', pathNot: ['^src/shared/', stateTables] },
    },
    {
      name: 'every-folder-has-its-place',
      comment: 'A new folder of src/ says in .dependency-cruiser.mjs what it builds on.',
      severity: 'error',
      from: {},
      to: {
        path: '^src/',
        pathNot: [
          features,
          '^src/(app|sandbox|server|worker|extensions|composition)/',
          '^src/(parley|parley-options|all-domain-events|product-dashboard|product-messages)\\.ts$',
        ],
      },
    },
    {
      name: 'calendars-go-by-their-providers',
      comment:
        'What reads and writes calendars knows the contract (calendar-provider.ts) and the table, and no provider.',
      severity: 'error',
      from: { path: '^src/calendar/(busy|connections|differences|entries)/' },
      to: { path: '^src/calendar/(google|file)/' },
    },
    {
      name: 'calendar-providers-know-the-contract',
      comment: 'The table imports the providers, so what they bring cannot import what goes by the table.',
      severity: 'error',
      from: { path: '^src/calendar/(google|file)/[a-z-]+\\.ts$', pathNot: '/connect-[a-z]+\\.ts$' },
      to: { path: '^src/calendar/(busy|connections|differences|entries)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-files-know-nothing-outside',
      comment:
        'Domain files know neither Payload nor a provider, and do not read the environment: pass what they need.',
      severity: 'error',
      from: { path: pureFiles, pathNot: impureFiles },
      to: {
        path: [
          '^src/settings\\.ts$',
          '^(hooks|endpoints|collections)/',
          inPackage(
            'payload',
            '@payloadcms',
            'stripe',
            '@googleapis/calendar',
            'google-auth-library',
            'resend',
            'pg',
            'drizzle-orm',
            'next',
            'graphile-worker',
            'react',
          ),
          '^(node:)?(fs|http|https|net|child_process|dns|worker_threads|timers|process)(/|$)',
        ],
      },
    },
    {
      name: 'pure-files-use-pure-files',
      comment: 'What a domain file runs is pure as well; of everything else it may know the types.',
      severity: 'error',
      from: { path: pureFiles, pathNot: impureFiles },
      to: { path: '^src/', pathNot: [...pureFiles, '^src/shared/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-files-are-not-what-only-sounds-so',
      comment: 'The same, where the name of what is imported only sounds pure.',
      severity: 'error',
      from: { path: pureFiles, pathNot: impureFiles },
      to: { path: impureFiles, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'hooks-use-features',
      comment: 'Hooks stand above the features and below the collections.',
      severity: 'error',
      from: { path: '^hooks/' },
      to: { path: ours, pathNot: ['^hooks/', payloadTypes, features] },
    },
    {
      name: 'collections-use-hooks-and-features',
      comment: 'Collections name their hooks and what the features offer.',
      severity: 'error',
      from: { path: '^collections/' },
      to: { path: ours, pathNot: ['^collections/', '^hooks/', payloadTypes, features] },
    },
    {
      name: 'endpoints-use-features',
      comment: 'Endpoints parse, ask one command, and answer; they know neither hooks nor collections nor processes.',
      severity: 'error',
      from: { path: '^endpoints/' },
      to: { path: ours, pathNot: ['^endpoints/', payloadTypes, features] },
    },
    {
      name: 'composition-knows-no-process',
      comment: 'What puts the product and an installation together stands above everything but the processes.',
      severity: 'error',
      from: { path: '^src/composition/' },
      to: { path: ours, pathNot: ['^src/composition/', '^(hooks|endpoints)/', payloadTypes, features] },
    },
    {
      name: 'worker-collects-features',
      comment: 'The worker stands above the features, and beside the server.',
      severity: 'error',
      from: { path: '^src/worker/' },
      to: {
        path: ours,
        pathNot: ['^src/worker/', '^endpoints/support/idempotency-queries\\.ts$', payloadTypes, features],
      },
    },
    {
      name: 'sandboxes-stand-apart',
      comment: 'They play the providers; of ours they may know money, zones and the version of an API.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: {
        path: ours,
        pathNot: [
          '^src/(sandbox|shared)/',
          '^src/availability/rules/',
          '^src/payments/stripe/stripe-api-version\\.ts$',
        ],
      },
    },
    {
      name: 'site-uses-the-public-api',
      comment: 'The booking pages are a front end like any other; the tables of states are public as well.',
      severity: 'error',
      from: { path: '^src/app/\\((site|account)\\)/' },
      to: { path: ours, pathNot: ['^src/(app|shared)/', stateTables] },
    },
    {
      name: 'no-hooks-or-endpoints-in-the-admin',
      comment: 'Pages of the admin read through the features and write through the API.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^(hooks|collections|endpoints|test|bench)/|^src/(server|worker|sandbox)/' },
    },
    {
      name: 'product-never-imports-tests',
      comment: 'What is only for tests and measurements stays there.',
      severity: 'error',
      from: { path: '^(src|collections|hooks|endpoints)/|^payload\\.config' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'sql-in-queries',
      comment: 'SQL stands in src/database, or in a file named …-queries.ts beside its feature.',
      severity: 'error',
      from: {
        path: '^(src|hooks|endpoints|collections)/',
        pathNot: ['^src/database/', '-queries\\.ts$', '^src/outbox/enqueue\\.ts$', '^src/server/demo/'],
      },
      to: { path: inPackage('@payloadcms/db-postgres', 'drizzle-orm'), dependencyTypesNot: ['type-only'] },
    },
    gateway('stripe', ['stripe', '@payloadcms/plugin-stripe'], ['^src/payments/stripe/', '^src/sandbox/stripe/']),
    gateway(
      'google',
      ['@googleapis/calendar', 'google-auth-library'],
      ['^src/calendar/google/', '^src/sandbox/google/'],
    ),
    gateway('resend', ['resend'], ['^src/notifications/channels/email/resend/', '^src/sandbox/resend/']),
    gateway('email', ['@react-email/components', '@react-email/render'], ['^src/notifications/channels/email/']),
    gateway('openid', ['openid-client'], ['^src/accounts/openid/']),
    gateway('s3', ['@aws-sdk'], ['^src/media/s3-store\\.ts$']),
    gateway(
      'second-factors',
      ['otpauth', '@simplewebauthn'],
      [
        '^src/accounts/second-factor/(compute-totp-step|totp-secret|passkeys)\\.ts$',
        '^src/app/_factors/passkeys\\.ts$',
      ],
    ),
    gateway('pdf', ['pdfkit'], ['^src/documents/pdf/']),
    gateway('icalendar', ['ical.js'], ['^src/calendar/(icalendar|file)/', '^src/sandbox/']),
    gateway('queue', ['graphile-worker'], ['^src/worker/', '^src/database/']),
    gateway('postgres', ['pg'], ['^src/(database|server|worker)/', '^src/payments/ledger/read-money-faults\\.ts$']),
    gateway('metrics', ['prom-client', '@opentelemetry'], ['^src/observability/']),
    {
      name: 'watching-is-loaded-when-wanted',
      comment: 'A process whose metrics and traces nobody wants does not load what makes them: `await import(…)`.',
      severity: 'error',
      from: { path: '^(src|hooks|endpoints|collections)/', pathNot: '^src/observability/otlp-tracer\\.ts$' },
      to: {
        path: [inPackage('prom-client', '@opentelemetry'), '^src/observability/otlp-tracer\\.ts$'],
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    gateway('next', ['next'], ['^src/(app|server)/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: [
        '^src/(database|extensions)/migrations/',
        '\\.css$',
        '^\\.next/',
        '^src/app/\\(payload\\)/admin/importMap\\.js$',
      ],
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    detectJSDocImports: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'metadata' },
  },
}
