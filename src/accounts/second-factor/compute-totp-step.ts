import { Secret, TOTP } from 'otpauth'

/** What every authenticator app makes (RFC 6238); several know nothing else. */
const usual = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** As many steps before and after now: clocks differ, and typing takes a while. */
const tolerance = 1

/**
 * The step of time that a code is of, which is used up with it.
 * @param secret in base32.
 * @param now epoch milliseconds.
 * @returns undefined for a code that is wrong, or of another time.
 */
export const computeTotpStep = (secret: string, code: string, now: number): number | undefined => {
  // The library fails on what is no digit where it has as many characters.
  if (!/^[0-9]{6}$/.test(code)) return undefined
  const totp = new TOTP({ ...usual, secret: Secret.fromBase32(secret) })
  const delta = totp.validate({ token: code, timestamp: now, window: tolerance })
  return delta === null ? undefined : Math.floor(now / 1_000 / usual.period) + delta
}

/** What an app is told with a QR code: for whom, by whom, and the secret. */
export const computeTotpUri = (secret: string, account: { issuer: string; label: string }): string =>
  new TOTP({ ...usual, ...account, secret: Secret.fromBase32(secret) }).toString()
