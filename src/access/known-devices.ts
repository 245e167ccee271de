import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { settings } from '#settings'

/** The cookie that remembers which accounts a browser was logged in to, as the OWASP describes for guessed passwords. It opens nothing. */
export const devicesCookie = 'parley-devices'

/** How long a browser is known after its last login, in seconds. */
export const devicesLifetime = 180 * 24 * 60 * 60

/** The accounts of one browser that are remembered; a header has little room. */
const mostAccounts = 5

/**
 * @param cookie the value of the cookie; whatever stands there may be made up.
 * @param now epoch milliseconds.
 * @returns the name of the browser for this account; undefined when it was never logged in to it, or long ago.
 */
export const knownDevice = (cookie: string | undefined, account: string, now: number): string | undefined =>
  read(cookie, now).find((one) => one.account === nameOf(account))?.device

/** The value of the cookie after a login: with this account, and those that it had. */
export const rememberDevice = (cookie: string | undefined, account: string, now: number): string => {
  const name = nameOf(account)
  const known = read(cookie, now)
  const device = known.find((one) => one.account === name)?.device ?? randomBytes(12).toString('base64url')
  const endsAt = Math.round(now / 1_000) + devicesLifetime
  const others = known.filter((one) => one.account !== name).slice(0, mostAccounts - 1)
  return [{ account: name, device, endsAt }, ...others].map(write).join('~')
}

type Device = { account: string; device: string; endsAt: number }

const sign = (purpose: string, text: string, length: number): string =>
  createHmac('sha256', settings.payloadSecret).update(`${purpose}:${text}`).digest('base64url').slice(0, length)

/** Whoever finds the cookie does not find an address in it. */
const nameOf = (account: string): string => sign('device-account', account, 11)

const write = ({ account, device, endsAt }: Device): string => {
  const text = `${account}.${device}.${endsAt.toString(36)}`
  return `${text}.${sign('device', text, 22)}`
}

const read = (cookie: string | undefined, now: number): Device[] =>
  (cookie ?? '')
    .split('~', mostAccounts)
    .flatMap((part) => readOne(part) ?? [])
    .filter(({ endsAt }) => endsAt * 1_000 > now)

const readOne = (part: string): Device | undefined => {
  const [, text = '', account = '', device = '', end = '', signature = ''] =
    /^(([\w-]{11})\.([\w-]{16})\.([0-9a-z]{1,9}))\.([\w-]{22})$/.exec(part) ?? []
  if (!text || !timingSafeEqual(Buffer.from(signature), Buffer.from(sign('device', text, 22)))) return undefined
  return { account, device, endsAt: parseInt(end, 36) }
}
