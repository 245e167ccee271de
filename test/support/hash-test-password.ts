import { pbkdf2Sync, randomBytes } from 'node:crypto'

export const testPassword = 'a-long-test-password'

export type PasswordHash = { salt: string; key: string; iterations: number }

/** As Payload derives it. */
export const hashTestPassword = (): PasswordHash => {
  const salt = randomBytes(32).toString('hex')
  const iterations = 600_000
  return { salt, key: pbkdf2Sync(testPassword, salt, iterations, 32, 'sha256').toString('hex'), iterations }
}
