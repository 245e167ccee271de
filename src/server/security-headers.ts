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
 * Answers of the API are data: nothing in them may run or be framed. They are about one caller at one moment, so no cache keeps them unless
 * the answer itself says otherwise.
 */
export const apiHeaders = (url: string) => ({
  ...always,
  ...referrerPolicy(url),
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
})

type PageTraits = {
  /** Path and query. */
  url: string
  https: boolean
}

const pagesWith = ({ url, scripts, connect = '', https }: PageTraits & { scripts: string; connect?: string }) => ({
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
  ...(https ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
})

/**
 * Pages run only scripts that carry the nonce of their own answer (and what those load). Styles are inline in the admin.
 * `dev` allows what the development server needs: evaluated modules and its socket.
 */
export const pageHeaders = ({ url, nonce, dev, https }: PageTraits & { nonce: string; dev: boolean }) =>
  pagesWith({
    url,
    scripts: `'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    connect: dev ? ' ws: wss:' : '',
    https,
  })

/** Pages that caches keep run the scripts of this server, and those within them that have one of the `hashes`. */
export const cacheablePageHeaders = ({ url, hashes, https }: PageTraits & { hashes: readonly string[] }) =>
  pagesWith({ url, scripts: hashes.join(' '), https })
