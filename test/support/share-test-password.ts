import { AsyncLocalStorage } from 'node:async_hooks'
import crypto from 'node:crypto'
import { inject } from 'vitest'
import { testPassword, type PasswordHash } from './hash-test-password'

declare global {
  var plainCrypto: Pick<typeof crypto, 'randomBytes' | 'pbkdf2'> | undefined
}

const sharing = new AsyncLocalStorage<PasswordHash>()

// This file is loaded anew by each test file of a process.
const { randomBytes, pbkdf2 } = (globalThis.plainCrypto ??= { randomBytes: crypto.randomBytes, pbkdf2: crypto.pbkdf2 })

const sharedSalt = (...args: Parameters<typeof randomBytes>) => {
  const shared = sharing.getStore()
  const [size, done] = args
  if (!shared || size !== 32 || !done) return randomBytes(...args)
  done(null, Buffer.from(shared.salt, 'hex'))
}

const sharedKey = (...args: Parameters<typeof pbkdf2>) => {
  const shared = sharing.getStore()
  const [password, salt, iterations, , , done] = args
  const isShared = password === testPassword && salt === shared?.salt && iterations === shared.iterations
  if (shared && isShared) done(null, Buffer.from(shared.key, 'hex'))
  else pbkdf2(...args)
}

Object.assign(crypto, { randomBytes: sharedSalt, pbkdf2: sharedKey })

/** Whoever is created meanwhile with the password of the tests gets its one hash: each of their own would take 150 ms. */
export const withSharedPassword = <T>(create: () => Promise<T>): Promise<T> =>
  sharing.run(inject('testPassword'), create)
