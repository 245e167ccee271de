import { AsyncLocalStorage } from 'node:async_hooks'
import crypto from 'node:crypto'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { testPassword, type PasswordHash } from './hash-test-password'

declare global {
  var plainCrypto: Pick<typeof crypto, 'randomBytes' | 'pbkdf2'> | undefined
  /** What was derived in this process, by all that it was derived from. */
  var derivedKeys: Map<string, Promise<Buffer>> | undefined
}

const sharing = new AsyncLocalStorage<PasswordHash>()

// This file is loaded anew by each test file of a process.
const { randomBytes, pbkdf2 } = (globalThis.plainCrypto ??= { randomBytes: crypto.randomBytes, pbkdf2: crypto.pbkdf2 })
const derivedKeys = (globalThis.derivedKeys ??= new Map<string, Promise<Buffer>>())

const nameOf = (...derivedFrom: (string | number)[]): string => JSON.stringify(derivedFrom)

const sharedSalt = (...args: Parameters<typeof randomBytes>) => {
  const shared = sharing.getStore()
  const [size, done] = args
  if (!shared || size !== 32 || !done) return randomBytes(...args)
  done(null, Buffer.from(shared.salt, 'hex'))
}

/** The same of the same: logins with one wrong password, or as nobody, are tried dozens of times. */
const derivedOnce = (...args: Parameters<typeof pbkdf2>) => {
  const [password, salt, iterations, length, digest, done] = args
  if (typeof password !== 'string' || typeof salt !== 'string') return pbkdf2(...args)
  const name = nameOf(password, salt, iterations, length, digest)
  const key = derivedKeys.get(name) ?? promisify(pbkdf2)(password, salt, iterations, length, digest)
  derivedKeys.set(name, key)
  key.then(
    (bytes) => done(null, Buffer.from(bytes)),
    (error: Error) => done(error, Buffer.alloc(0)),
  )
}

Object.assign(crypto, { randomBytes: sharedSalt, pbkdf2: derivedOnce })

/** Whoever is created meanwhile with the password of the tests gets its one hash: each of their own would take 150 ms. */
export const withSharedPassword = <T>(create: () => Promise<T>): Promise<T> => {
  const shared = inject('testPassword')
  derivedKeys.set(nameOf(testPassword, shared.salt, shared.iterations, 32, 'sha256'), ofAll(shared))
  return sharing.run(shared, create)
}

const ofAll = ({ key }: PasswordHash): Promise<Buffer> => Promise.resolve(Buffer.from(key, 'hex'))
