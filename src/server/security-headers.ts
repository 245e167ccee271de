const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
} as const

/**
 * Answers of the API are data: nothing in them may run or be framed. They are about one caller at one moment, so no cache keeps them unless
 * the answer itself says otherwise.
 */
export const apiHeaders = {
  ...always,
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
} as const

const pagesWith = ({ scripts, connect = '', https }: { scripts: string; connect?: string; https: boolean }) => ({
  ...always,
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
export const pageHeaders = ({ nonce, dev, https }: { nonce: string; dev: boolean; https: boolean }) =>
  pagesWith({
    scripts: `'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    connect: dev ? ' ws: wss:' : '',
    https,
  })

/** Pages that caches keep run the scripts of this server, and those within them that have one of the `hashes`. */
export const cacheablePageHeaders = ({ hashes, https }: { hashes: readonly string[]; https: boolean }) =>
  pagesWith({ scripts: hashes.join(' '), https })
