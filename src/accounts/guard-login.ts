import crypto from 'node:crypto'
import { AuthenticationError, type PayloadRequest } from 'payload'
import { parseCookies } from 'payload/shared'
import { devicesCookie, devicesLifetime, knownDevice, rememberDevice } from '#access/known-devices'
import { countLoginAttempt, forgiveLoginAttempt, type LoginAttempt } from '#access/login-guards'
import { settings } from '#settings'
import { networkOf } from '#shared/network-address'
import { findLoginGate } from './login-queries'

/** An address as it is looked up, and counted under. */
export const loginAccountOf = (email: string): string => email.trim().toLowerCase()

/** Who tries to log in to the account of an address. */
export const loginAttemptOf = (req: PayloadRequest, email: string): LoginAttempt => {
  const account = loginAccountOf(email)
  return {
    account,
    network: networkOf(req.headers.get('x-forwarded-for') ?? 'unknown'),
    device: knownDevice(deviceCookieOf(req), account, Date.now()),
  }
}

/**
 * Stands before the password is looked at. Whoever may not log in whatever the password is (there is no such account, it is not verified, it is
 * deactivated, or too many strangers have tried) is refused like somebody with a wrong password, after the same work.
 * @throws DomainError `rate_limited` about what this caller alone has done, AuthenticationError.
 */
export const guardLogin = async (req: PayloadRequest, typed: { email: string; password: string }): Promise<void> => {
  const attempt = loginAttemptOf(req, typed.email)
  const { account } = attempt
  const isCounted = await countLoginAttempt(attempt)
  const gate = await findLoginGate(req, account)
  if (isCounted && gate?.isOpen) {
    if (!gate.isNewHash) await derive(typed.password, oldHashLacks)
    attempts.set(req, attempt)
    return
  }
  // What Payload does for everybody else: it reads the account, and derives a key from the password.
  await req.payload.db.findOne({ collection: 'users', req, where: { email: { equals: account } } })
  await derive(typed.password, iterations)
  throw new AuthenticationError(req.t)
}

/** After a login: what was counted against it is forgiven, and the browser is known from now on. */
export const welcomeLogin = async (req: PayloadRequest, email: string): Promise<void> => {
  const attempt = attempts.get(req)
  if (attempt) await forgiveLoginAttempt(attempt)
  const value = rememberDevice(deviceCookieOf(req), loginAccountOf(email), Date.now())
  req.responseHeaders ??= new Headers()
  req.responseHeaders.append('Set-Cookie', cookieOf(value))
}

const attempts = new WeakMap<PayloadRequest, LoginAttempt>()

const deviceCookieOf = (req: PayloadRequest): string | undefined => parseCookies(req.headers).get(devicesCookie)

const cookieOf = (value: string): string =>
  [
    `${devicesCookie}=${value}`,
    `Max-Age=${devicesLifetime}`,
    'Path=/api',
    'HttpOnly',
    'SameSite=Lax',
    ...(settings.serverUrl.startsWith('https:') ? ['Secure'] : []),
  ].join('; ')

/** As Payload derives the key of a password that is set now (`pbkdf2-sha256-v1`). */
const iterations = 600_000
/** What 25,000 rounds for 512 bytes, as it derived them before, lack of that. The next login with the right password makes them new. */
const oldHashLacks = iterations - 25_000 * (512 / 32)

const derive = (password: string, rounds: number): Promise<void> =>
  new Promise((resolve, reject) => {
    crypto.pbkdf2(password, decoySalt, rounds, 32, 'sha256', (error) => (error ? reject(error) : resolve()))
  })

/** As long as a real one. */
const decoySalt = '0'.repeat(64)
