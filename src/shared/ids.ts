import { createHash, createHmac, hkdfSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { v5, v7 } from 'uuid'

/** An id as Payload makes them: UUID version 7, ordered by time. */
export const createId = (): string => v7()

const derived = '0d6f7c2e-8a55-5b0e-9a57-3f1c6f0f5e21'

/** The same id for the same parts, always and everywhere. */
export const deriveId = (...parts: string[]): string => v5(JSON.stringify(parts), derived)

/** Whether `value` has the form of an id; else it can only be a slug. */
export const isUuid = (value: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)

/** Without the letters and digits that people confuse (0 O, 1 I L, U V). */
const referenceAlphabet = '23456789ABCDEFGHJKMNPQRSTWXYZ'

/** A short public name such as `PY-7KQ2M9XB`: 29^8 ≈ 5·10^11 possibilities; it names a record, it never opens it. */
export const createReference = (prefix: 'PY' | 'RQ' | 'PM' | 'RF' | 'TR' | 'DP' | 'RC' | 'NC'): string => {
  let code = ''
  for (let n = 0; n < 8; n++) code += referenceAlphabet[randomInt(referenceAlphabet.length)] ?? ''
  return `${prefix}-${code}`
}

/** 256 random bits, URL-safe. */
export const createToken = (): string => randomBytes(32).toString('base64url')

/** Tokens are stored only as this hash: they are random, so a plain SHA-256 is enough. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Compares two strings in a time that does not depend on where they differ. */
export const isSameSecret = (a: string, b: string): boolean => {
  const x = createHash('sha256').update(a).digest()
  const y = createHash('sha256').update(b).digest()
  return timingSafeEqual(x, y)
}

export type TokenPurpose =
  | 'session-manage'
  | 'session-join'
  | 'session-host'
  | 'session-calendar'
  | 'session-visit'
  | 'invoice-file'
  | 'mail-arrived'
  | 'request-manage'
  | 'meeting-room'
  | 'calendar-difference'
  | 'time-proposal'
  | 'account-link'
  | 'challenge'

const derivedKeys = new Map<string, Buffer>()

/**
 * The token that opens one record, derived from the installation's secret, so that every mail can carry the same
 * stable link although only the hash is stored. 256 bits, URL-safe.
 */
export const deriveToken = (secret: string, purpose: TokenPurpose, reference: string): string => {
  const name = `${purpose}\0${secret}`
  let key = derivedKeys.get(name)
  if (!key) derivedKeys.set(name, (key = Buffer.from(hkdfSync('sha256', secret, '', `parley:${purpose}`, 32))))
  return createHmac('sha256', key).update(reference).digest('base64url')
}
