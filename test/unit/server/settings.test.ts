import { describe, expect, it } from 'vitest'
import { parseSettings } from '#settings'

describe('a setting that is there and empty', () => {
  it.each(['', ' '])('counts as one that is not there: "%s" switches no limit off', (empty) => {
    const names = ['RATE_LIMIT_FACTOR', 'RESEND_PER_SECOND', 'STRIPE_PER_SECOND', 'PORT', 'DATABASE_POOL_SIZE']
    const env = Object.fromEntries(
      [...names, 'METRICS_PORT', 'LOG_LEVEL', 'PARLEY_DEMO', 'HOST'].map((name) => [name, empty]),
    )
    expect(parseSettings(env)).toEqual(parseSettings({}))
    expect(parseSettings({}).rateLimitFactor).toBe(1)
  })

  it('is no number either where it is none', () => {
    expect(() => parseSettings({ RATE_LIMIT_FACTOR: 'off' })).toThrow('RATE_LIMIT_FACTOR')
    expect(() => parseSettings({ RESEND_PER_SECOND: '-1' })).toThrow('RESEND_PER_SECOND')
    expect(parseSettings({ RESEND_PER_SECOND: '0.5', RATE_LIMIT_FACTOR: '0' })).toMatchObject({
      providerRates: { resend: 0.5 },
      rateLimitFactor: 0,
    })
  })
})

describe('media in S3', () => {
  const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' }
  const bucket = { S3_BUCKET: 'pictures', S3_REGION: 'eu-central-1' }

  it('is off without a bucket, and has all that it needs with one', () => {
    expect(parseSettings({}).s3).toBeUndefined()
    expect(parseSettings({ ...bucket, ...keys }).s3).toEqual({
      bucket: 'pictures',
      region: 'eu-central-1',
      endpoint: undefined,
      prefix: 'media/',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      forcePathStyle: false,
      requestChecksums: 'WHEN_SUPPORTED',
    })
  })

  it('goes by what the machine has without keys, and by another server with an endpoint', () => {
    expect(parseSettings(bucket).s3).toMatchObject({ credentials: undefined })
    const own = { S3_BUCKET: 'pictures', S3_ENDPOINT: 'http://127.0.0.1:9000', S3_FORCE_PATH_STYLE: '1' }
    expect(parseSettings({ ...own, S3_REQUEST_CHECKSUMS: 'when_required', S3_PREFIX: 'a/b/' }).s3).toMatchObject({
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9000',
      prefix: 'a/b/',
      forcePathStyle: true,
      requestChecksums: 'WHEN_REQUIRED',
    })
  })

  it.each([
    [{ S3_REGION: 'eu-central-1' }, 'S3_REGION is set but S3_BUCKET is not'],
    [
      { ...keys, S3_FORCE_PATH_STYLE: '1' },
      'S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_FORCE_PATH_STYLE are set but S3_BUCKET is not',
    ],
    [{ S3_BUCKET: 'pictures' }, 'S3_BUCKET is set but neither S3_REGION nor S3_ENDPOINT is'],
    [
      { ...bucket, S3_ACCESS_KEY_ID: 'id' },
      'S3_ACCESS_KEY_ID is set but S3_SECRET_ACCESS_KEY is not: set both or neither.',
    ],
    [
      { ...bucket, S3_PREFIX: '/media' },
      'S3_PREFIX: must be letters, digits, dots, hyphens and slashes, and end with a slash',
    ],
    [{ ...bucket, S3_ENDPOINT: 'minio:9000' }, 'S3_ENDPOINT'],
    [{ ...bucket, S3_REQUEST_CHECKSUMS: 'never' }, 'S3_REQUEST_CHECKSUMS'],
  ])('that is set by half says what to change: %o', (env, message) => {
    expect(() => parseSettings(env)).toThrow(message)
  })
})

describe('providers to log in with', () => {
  const own = { OIDC_ISSUER: 'https://login.company.example/', OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'secret' }
  const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' }
  const providers = (env: Record<string, string>) => parseSettings(env).openid.providers

  it('are those that are set up; a client for calendars alone is none', () => {
    expect(providers({})).toEqual([])
    expect(providers(google)).toEqual([])
    expect(providers({ ...google, ...own, GOOGLE_SIGN_IN: '1' })).toMatchObject([
      { name: 'google', label: 'Google', issuer: 'https://accounts.google.com' },
      { name: 'oidc', label: 'login.company.example', issuer: own.OIDC_ISSUER },
    ])
    expect(providers({ ...own, OIDC_LABEL: 'Company' })).toMatchObject([{ label: 'Company' }])
  })

  it.each([
    ['a part', { OIDC_ISSUER: own.OIDC_ISSUER }, 'OIDC_CLIENT_ID'],
    ['Google without its client', { GOOGLE_SIGN_IN: '1' }, 'GOOGLE_CLIENT_ID'],
    ['a name for nothing', { OIDC_LABEL: 'Company' }, 'OIDC_ISSUER'],
    ['what anybody on the way could read', { ...own, OIDC_ISSUER: 'http://login.company.example' }, 'not encrypted'],
    ['what only looks like this machine', { ...own, OIDC_ISSUER: 'http://localhost.evil.example' }, 'not encrypted'],
    ['what has a name before the host', { ...own, OIDC_ISSUER: 'http://localhost:80@evil.example' }, 'not encrypted'],
  ])('are refused: %s', (_what, env, words) => {
    expect(() => parseSettings(env)).toThrow(words)
  })

  it('may be on this machine', () => {
    expect(providers({ ...own, OIDC_ISSUER: 'http://127.0.0.1:9000' })).toHaveLength(1)
  })

  it('make accounts unless that is switched off', () => {
    expect(parseSettings({}).openid.mayRegister).toBe(true)
    expect(parseSettings({ OPENID_REGISTRATION: '0' }).openid.mayRegister).toBe(false)
  })
})
