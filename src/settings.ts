import { z } from 'zod'
import { databasePoolings, directUrlOf, findPoolingFault } from '#shared/database-pooling'

/** A fault in the environment; the message is one line that says which variable and what to change. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

const text = z.string().trim().min(1)
const optionalText = text.optional()
const optionalUrl = optionalText.pipe(z.url({ protocol: /^https?$/ }).optional())
const flag = z
  .enum(['0', '1', 'true', 'false'])
  .default('0')
  .transform((value) => value === '1' || value === 'true')

/** The same for what is on unless it is switched off. */
const flagUnlessSaid = z
  .enum(['0', '1', 'true', 'false'])
  .default('1')
  .transform((value) => value === '1' || value === 'true')

/** A variable that is there and empty counts as one that is not there; as a number it would be 0, which switches limits off. */
const withoutBlanks = (env: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || !value.trim() ? [] : [[name, value]])),
  )

/** Calls to a provider by all processes together; 0: as many as there are. */
const perSecond = z.coerce.number().min(0).max(10_000)

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PARLEY_DEMO: flag,
  DATABASE_URL: optionalText.pipe(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  DATABASE_DIRECT_URL: optionalText.pipe(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  DATABASE_POOLING: z.enum(databasePoolings).default('none'),
  DATABASE_REPLICA_URL: optionalText.pipe(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  DATABASE_REPLICA_LAG_MS: z.coerce.number().int().min(200).max(60_000).default(2_000),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(5).max(200).default(10),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: text.default('127.0.0.1'),
  SERVER_URL: optionalUrl,
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((value) => value.split(',').flatMap((origin) => origin.trim() || [])),
  HSTS_INCLUDE_SUBDOMAINS: flag,
  PAYLOAD_SECRET: optionalText,
  ENCRYPTION_KEYS: optionalText,
  STRIPE_SECRET_KEY: optionalText,
  STRIPE_WEBHOOK_SECRET: optionalText,
  STRIPE_API_BASE: optionalUrl,
  GOOGLE_CLIENT_ID: optionalText,
  GOOGLE_CLIENT_SECRET: optionalText,
  GOOGLE_API_BASE: optionalUrl,
  GOOGLE_SIGN_IN: flag,
  OIDC_ISSUER: optionalUrl,
  OIDC_CLIENT_ID: optionalText,
  OIDC_CLIENT_SECRET: optionalText,
  OIDC_LABEL: optionalText.pipe(z.string().max(40).optional()),
  OPENID_REGISTRATION: flagUnlessSaid,
  ZOOM_ACCOUNT_ID: optionalText,
  ZOOM_CLIENT_ID: optionalText,
  ZOOM_CLIENT_SECRET: optionalText,
  ZOOM_WEBHOOK_SECRET: optionalText,
  ZOOM_API_BASE: optionalUrl,
  RESEND_API_KEY: optionalText,
  RESEND_BASE_URL: optionalUrl,
  EMAIL_FROM: text.default('Parley <bookings@parley.example>'),
  JITSI_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://meet.jit.si'),
  STRIPE_PER_SECOND: perSecond.optional(),
  RESEND_PER_SECOND: perSecond.default(2),
  GOOGLE_PER_SECOND: perSecond.default(100),
  GOOGLE_USER_PER_SECOND: perSecond.default(8),
  ZOOM_PER_SECOND: perSecond.default(10),
  FEED_HOST_PER_SECOND: perSecond.default(1),
  WORKER_PLACES: z
    .string()
    .default('')
    .transform((value) => value.split(',').flatMap((part) => part.trim() || [])),
  RATE_LIMIT_FACTOR: z.coerce.number().min(0).max(1000).default(1),
  SLOW_CLIENT_SECONDS: z.coerce.number().min(0.5).max(120).default(15),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  PUBLISHED_RECORD_DAYS: z.coerce.number().int().min(0).max(60).default(60),
  SLOW_QUERY_MS: z.coerce.number().int().min(0).max(60_000).default(500),
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  METRICS_HOST: text.default('127.0.0.1'),
  METRICS_TOKEN: optionalText.pipe(z.string().min(16, 'must be at least 16 characters long').optional()),
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl,
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  SECURITY_CONTACT: optionalText.pipe(
    z
      .string()
      .regex(
        /^(?:https:\/\/\S+|mailto:\S+@\S+|[^\s:]+@[^\s:]+)$/,
        'must be an e-mail address or a page that begins with https://',
      )
      .optional(),
  ),
  ADMIN_EMAIL: optionalText.pipe(z.email().optional()),
  ADMIN_PASSWORD: optionalText,
  MEDIA_DIR: text.default('media'),
  S3_BUCKET: optionalText,
  S3_REGION: optionalText,
  S3_ENDPOINT: optionalUrl,
  S3_PREFIX: optionalText.pipe(
    z
      .string()
      .regex(
        /^(?!\/)(?:[\w.-]+\/)+$/,
        'must be letters, digits, dots, hyphens and slashes, and end with a slash, as in media/',
      )
      .max(200)
      .optional(),
  ),
  S3_ACCESS_KEY_ID: optionalText,
  S3_SECRET_ACCESS_KEY: optionalText,
  S3_FORCE_PATH_STYLE: flag,
  S3_REQUEST_CHECKSUMS: z.enum(['when_supported', 'when_required']).optional(),
  BACKUP_RECIPIENTS: z
    .string()
    .default('')
    .transform((value) => value.split(',').flatMap((recipient) => recipient.trim() || [])),
  BACKUP_PASSPHRASE: optionalText.pipe(z.string().min(16, 'must be at least 16 characters long').optional()),
  BACKUP_IDENTITY_FILE: optionalText,
  POSTGRES_BIN_DIR: optionalText,
})

type Environment = z.output<typeof environment>

/** Media in S3; undefined: in a folder. */
const readS3 = (e: Environment) => {
  const { S3_BUCKET, S3_REGION, S3_ENDPOINT, S3_PREFIX, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = e
  if (!S3_BUCKET) {
    const others = { S3_REGION, S3_ENDPOINT, S3_PREFIX, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }
    const set = [
      ...Object.entries(others).flatMap(([name, value]) => (value ? [name] : [])),
      ...(e.S3_FORCE_PATH_STYLE ? ['S3_FORCE_PATH_STYLE'] : []),
      ...(e.S3_REQUEST_CHECKSUMS ? ['S3_REQUEST_CHECKSUMS'] : []),
    ]
    if (!set.length) return undefined
    throw new SettingsError(
      `${set.join(', ')} ${set.length > 1 ? 'are' : 'is'} set but S3_BUCKET is not: name the bucket, or set none of them to keep media in MEDIA_DIR.`,
    )
  }
  if (!S3_REGION && !S3_ENDPOINT) {
    throw new SettingsError(
      'S3_BUCKET is set but neither S3_REGION nor S3_ENDPOINT is: say in which region it lies, or where the server is that holds it.',
    )
  }
  return {
    bucket: S3_BUCKET,
    /** Servers that have no regions take this one. */
    region: S3_REGION ?? 'us-east-1',
    endpoint: S3_ENDPOINT,
    /** Ends with a slash. */
    prefix: S3_PREFIX ?? 'media/',
    /** undefined: those that the machine has, such as a role. */
    credentials:
      S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
        ? { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }
        : undefined,
    forcePathStyle: e.S3_FORCE_PATH_STYLE,
    requestChecksums: e.S3_REQUEST_CHECKSUMS === 'when_required' ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED',
  } as const
}

const loopback = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:\/|$)/

/** Where people can log in with an account that they have elsewhere. */
const readOpenid = (e: Environment) => {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_LABEL } = e
  if (e.GOOGLE_SIGN_IN && !GOOGLE_CLIENT_ID) {
    throw new SettingsError('GOOGLE_SIGN_IN is set, but GOOGLE_CLIENT_ID is not: set it and GOOGLE_CLIENT_SECRET.')
  }
  if (OIDC_LABEL && !OIDC_ISSUER) {
    throw new SettingsError('OIDC_LABEL is set, but OIDC_ISSUER is not: it names the provider on the buttons.')
  }
  const providers = [
    ...(e.GOOGLE_SIGN_IN && GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [
          {
            name: 'google',
            label: 'Google',
            issuer: e.GOOGLE_API_BASE?.replace(/\/$/, '') ?? 'https://accounts.google.com',
            clientId: GOOGLE_CLIENT_ID,
            clientSecret: GOOGLE_CLIENT_SECRET,
          } as const,
        ]
      : []),
    ...(OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET
      ? [
          {
            name: 'oidc',
            label: OIDC_LABEL ?? new URL(OIDC_ISSUER).hostname,
            issuer: OIDC_ISSUER,
            clientId: OIDC_CLIENT_ID,
            clientSecret: OIDC_CLIENT_SECRET,
          } as const,
        ]
      : []),
  ]
  for (const { issuer } of providers) {
    if (issuer.startsWith('https:') || loopback.test(issuer)) continue
    throw new SettingsError(
      `${issuer} is not encrypted: whoever is on the way to it could log in as anybody. Use https, or an address of this machine.`,
    )
  }
  return {
    providers,
    /** Whether somebody who has no account is given one as a customer. */
    mayRegister: e.OPENID_REGISTRATION,
  } as const
}

/** How many jobs of each lane one worker does at the same time. */
const usualPlaces = {
  core: 4,
  stripe: 4,
  mail: 4,
  calendars: 4,
  feeds: 2,
  rooms: 2,
  publication: 2,
  media: 2,
  extensions: 2,
}

/** `stripe:8,mail:2`; what is not named stays as it is. */
const parsePlaces = (parts: readonly string[]): typeof usualPlaces => {
  const places = { ...usualPlaces }
  for (const part of parts) {
    const [, lane = '', number] = /^([a-z]+):(\d{1,3})$/.exec(part) ?? []
    const isLane = (name: string): name is keyof typeof usualPlaces => Object.hasOwn(usualPlaces, name)
    if (!isLane(lane) || Number(number) < 1) {
      throw new SettingsError(
        `WORKER_PLACES: "${part}" must be a lane and a number of at least 1, as in stripe:8. Lanes: ${Object.keys(usualPlaces).join(', ')}.`,
      )
    }
    places[lane] = Number(number)
  }
  return places
}

const developmentSecret = 'parley-development-secret-never-used-in-production'
const developmentKey = `development:${Buffer.alloc(32, 7).toString('base64')}`

/** `id:base64(32 bytes)`, comma-separated; the first encrypts, all decrypt. */
const parseKeyRing = (value: string): { id: string; key: Buffer }[] =>
  value.split(',').map((entry) => {
    const [id = '', encoded = ''] = entry.trim().split(/:(.*)/s)
    const key = Buffer.from(encoded, 'base64')
    if (!/^[\w-]{1,32}$/.test(id) || key.length !== 32) {
      throw new SettingsError('ENCRYPTION_KEYS: each entry must be id:base64 of 32 bytes, separated by commas.')
    }
    return { id, key }
  })

/**
 * Parses the environment once and checks it as a whole.
 * @throws SettingsError naming the variable.
 */
export const parseSettings = (env: Record<string, string | undefined>) => {
  const result = environment.safeParse(withoutBlanks(env))
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new SettingsError(faults.join(' · '))
  }
  const e = result.data
  const poolingFault = findPoolingFault(e)
  if (poolingFault) throw new SettingsError(poolingFault)
  if (e.DATABASE_REPLICA_URL && !e.DATABASE_URL) {
    throw new SettingsError('DATABASE_REPLICA_URL is set, but DATABASE_URL is not: set DATABASE_URL to the primary.')
  }
  const isProduction = e.NODE_ENV === 'production' && !e.PARLEY_DEMO

  const together = [
    ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
    ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
    ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
    ['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET', 'ZOOM_WEBHOOK_SECRET'],
    ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ] as const
  for (const names of together) {
    const missing = names.filter((name) => !e[name])
    if (missing.length && missing.length < names.length) {
      const set = names.filter((name) => e[name])
      const [has, lacks] = [set.length > 1 ? 'are' : 'is', missing.length > 1 ? 'are' : 'is']
      throw new SettingsError(
        `${set.join(', ')} ${has} set but ${missing.join(', ')} ${lacks} not: set ${names.length > 2 ? 'all' : 'both'} or neither.`,
      )
    }
  }
  if (e.BACKUP_RECIPIENTS.length && e.BACKUP_PASSPHRASE) {
    throw new SettingsError(
      'BACKUP_RECIPIENTS and BACKUP_PASSPHRASE are both set: the key ring is sealed for one or the other.',
    )
  }
  if (isProduction) {
    const needed = [
      'DATABASE_URL',
      'SERVER_URL',
      'PAYLOAD_SECRET',
      'ENCRYPTION_KEYS',
      'STRIPE_SECRET_KEY',
      'STRIPE_WEBHOOK_SECRET',
      'RESEND_API_KEY',
    ] as const
    const missing = needed.filter((name) => !e[name])
    if (missing.length) throw new SettingsError(`Production needs ${missing.join(', ')}.`)
  }
  if (e.PAYLOAD_SECRET && e.PAYLOAD_SECRET.length < 32) {
    throw new SettingsError('PAYLOAD_SECRET must be at least 32 characters long.')
  }

  return {
    isProduction,
    isDemo: e.PARLEY_DEMO,
    isTest: e.NODE_ENV === 'test',
    /** Every answer of the booking API is held against the document; in tests and development. */
    checksAnswers: e.NODE_ENV === 'test' || e.NODE_ENV === 'development',
    databaseUrl: e.DATABASE_URL,
    /** PostgreSQL itself, for what needs a session of its own; differs from `databaseUrl` behind a pooler alone. */
    databaseDirectUrl: directUrlOf(e),
    /** What `databaseUrl` leads to. */
    databasePooling: e.DATABASE_POOLING,
    databasePoolSize: e.DATABASE_POOL_SIZE,
    /** Where public reads and reports may go, as long as it is no more than so many milliseconds behind. */
    databaseReplica: e.DATABASE_REPLICA_URL
      ? { url: e.DATABASE_REPLICA_URL, lagMs: e.DATABASE_REPLICA_LAG_MS }
      : undefined,
    host: e.HOST,
    port: e.PORT,
    serverUrl: (e.SERVER_URL ?? `http://localhost:${e.PORT}`).replace(/\/$/, ''),
    /** How many reverse proxies stand before the server; 0 = `X-Forwarded-For` is not believed. */
    trustedProxies: e.TRUSTED_PROXIES,
    corsOrigins: e.CORS_ORIGINS,
    /** Whether browsers are told that every host below this one speaks TLS as well. */
    hstsIncludeSubdomains: e.HSTS_INCLUDE_SUBDOMAINS,
    payloadSecret: e.PAYLOAD_SECRET ?? developmentSecret,
    encryptionKeys: parseKeyRing(e.ENCRYPTION_KEYS ?? developmentKey),
    stripe: {
      secretKey: e.STRIPE_SECRET_KEY,
      webhookSecrets: (e.STRIPE_WEBHOOK_SECRET ?? '').split(',').flatMap((secret) => secret.trim() || []),
      apiBase: e.STRIPE_API_BASE,
    },
    google: {
      clientId: e.GOOGLE_CLIENT_ID,
      clientSecret: e.GOOGLE_CLIENT_SECRET,
      apiBase: e.GOOGLE_API_BASE?.replace(/\/$/, ''),
    },
    openid: readOpenid(e),
    /** Rooms at Zoom; undefined where it is not set up: then sessions meet elsewhere. */
    zoom:
      e.ZOOM_ACCOUNT_ID && e.ZOOM_CLIENT_ID && e.ZOOM_CLIENT_SECRET && e.ZOOM_WEBHOOK_SECRET
        ? {
            accountId: e.ZOOM_ACCOUNT_ID,
            clientId: e.ZOOM_CLIENT_ID,
            clientSecret: e.ZOOM_CLIENT_SECRET,
            webhookSecret: e.ZOOM_WEBHOOK_SECRET,
            apiBase: e.ZOOM_API_BASE,
          }
        : undefined,
    resend: { apiKey: e.RESEND_API_KEY, baseUrl: e.RESEND_BASE_URL, from: e.EMAIL_FROM },
    /** Calls a second to each provider, by all processes together; 0: as many as there are. */
    providerRates: {
      // Stripe takes 100 with a live key, and 25 with one for tests.
      stripe: e.STRIPE_PER_SECOND ?? (e.STRIPE_SECRET_KEY?.includes('_live_') ? 80 : 20),
      resend: e.RESEND_PER_SECOND,
      google: e.GOOGLE_PER_SECOND,
      googleUser: e.GOOGLE_USER_PER_SECOND,
      zoom: e.ZOOM_PER_SECOND,
      feedHost: e.FEED_HOST_PER_SECOND,
    },
    /** How many jobs of each lane a worker does at the same time. */
    workerPlaces: parsePlaces(e.WORKER_PLACES),
    jitsiBaseUrl: e.JITSI_BASE_URL.replace(/\/$/, ''),
    /** Multiplies every rate limit; 0 switches them off (load tests). */
    rateLimitFactor: e.RATE_LIMIT_FACTOR,
    /** Milliseconds that a client may take with the headers of a request; the rest of it in proportion. */
    slowClientMs: e.SLOW_CLIENT_SECONDS * 1_000,
    logLevel: e.LOG_LEVEL,
    /** Milliseconds from which on a statement stands in the log; 0: none does. */
    slowQueryMs: e.SLOW_QUERY_MS,
    /** How many days ahead free time is handed out as records. */
    publishedRecordDays: e.PUBLISHED_RECORD_DAYS,
    /** Who may see the metrics, and where; undefined where nobody asks for them: then nothing is measured. */
    metrics:
      e.METRICS_PORT === undefined && !e.METRICS_TOKEN
        ? undefined
        : { port: e.METRICS_PORT, host: e.METRICS_HOST, token: e.METRICS_TOKEN },
    /** Where traces go; undefined where they are off. `ratio`: of how many traces that begin here. */
    traces: e.OTEL_EXPORTER_OTLP_ENDPOINT
      ? { endpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, ''), ratio: e.OTEL_TRACES_SAMPLER_ARG }
      : undefined,
    /** Where faults of security are reported, as an address; undefined where nobody says. */
    securityContact: e.SECURITY_CONTACT?.replace(/^(?!https:|mailto:)/, 'mailto:'),
    firstAdmin: e.ADMIN_EMAIL && e.ADMIN_PASSWORD ? { email: e.ADMIN_EMAIL, password: e.ADMIN_PASSWORD } : undefined,
    mediaDir: e.MEDIA_DIR,
    s3: readS3(e),
    /** For whom the key ring of a backup is sealed, and what opens it. */
    backup: { recipients: e.BACKUP_RECIPIENTS, passphrase: e.BACKUP_PASSPHRASE, identityFile: e.BACKUP_IDENTITY_FILE },
    /** The folder of pg_dump and pg_restore; undefined where the PATH has them. */
    postgresBinDir: e.POSTGRES_BIN_DIR,
  } as const
}

export type Settings = ReturnType<typeof parseSettings>

/** The settings of this process. The only reader of the environment. */
export const settings: Settings = parseSettings(process.env)
