import { settings } from '#settings'
import { isSecretAddress } from '#shared/secret-addresses'

const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
} as const

/** Where the address of a page or an answer holds a secret, nobody is told of it; else others learn which host a visitor comes from. */
const referrerPolicy = (url: string) => ({
  'Referrer-Policy': isSecretAddress(url) ? 'no-referrer' : 'strict-origin-when-cross-origin',
})

/**
 * For a year browsers come by TLS alone, where this server is reached by it. Of hosts below it we know nothing unless a setting says so.
 */
const strictTransport = (): Readonly<Record<string, string>> => {
  if (!settings.serverUrl.startsWith('https:')) return {}
  const below = settings.hstsIncludeSubdomains ? '; includeSubDomains' : ''
  return { 'Strict-Transport-Security': `max-age=31536000${below}` }
}

/** What an answer may depend on beside its address: who asks, and from which page. */
export const privateVary = 'Authorization, Cookie, Origin'

/**
 * Answers of the API are data: nothing in them may run or be framed. They are about one caller at one moment, so no cache keeps them unless
 * the answer itself says otherwise.
 */
export const apiHeaders = (url: string) => ({
  ...always,
  ...referrerPolicy(url),
  ...strictTransport(),
  'Cache-Control': 'private, no-store',
  Vary: privateVary,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
})

type PageTraits = {
  /** Path and query. */
  url: string
}

const pagesWith = ({ url, scripts, connect = '' }: PageTraits & { scripts: string; connect?: string }) => ({
  ...always,
  ...referrerPolicy(url),
  'Content-Security-Policy': [
    "default-src 'self'",
    `script-src 'self' ${scripts}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${connect}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  ...strictTransport(),
})

/**
 * Pages run only scripts that carry the nonce of their own answer (and what those load). Styles are inline in the admin.
 * `dev` allows what the development server needs: evaluated modules and its socket.
 */
export const pageHeaders = ({ url, nonce, dev }: PageTraits & { nonce: string; dev: boolean }) =>
  pagesWith({
    url,
    scripts: `'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    connect: dev ? ' ws: wss:' : '',
  })

/** Pages that caches keep run the scripts of this server, and those within them that have one of the `hashes`. */
export const cacheablePageHeaders = ({ url, hashes }: PageTraits & { hashes: readonly string[] }) =>
  pagesWith({ url, scripts: hashes.join(' ') })
