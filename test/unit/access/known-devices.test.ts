import { expect, it } from 'vitest'
import { devicesLifetime, knownDevice, rememberDevice } from '#access/known-devices'

const now = Date.UTC(2026, 5, 1)
const [ada, ben] = ['ada@parley.example', 'ben@parley.example']

it('a browser is known to the accounts that it was logged in to, and keeps its name', () => {
  const first = rememberDevice(undefined, ada, now)
  const second = rememberDevice(first, ben, now + 1_000)
  expect(knownDevice(first, ada, now)).toMatch(/^[\w-]{16}$/)
  expect(knownDevice(first, ben, now)).toBeUndefined()
  expect(knownDevice(second, ada, now)).toBe(knownDevice(first, ada, now))
  expect(knownDevice(second, ben, now)).not.toBe(knownDevice(second, ada, now))
  expect(knownDevice(rememberDevice(second, ada, now), ada, now)).toBe(knownDevice(first, ada, now))
  expect(second).not.toContain('parley.example')
})

it('is no longer known half a year after its last login', () => {
  const cookie = rememberDevice(undefined, ada, now)
  expect(knownDevice(cookie, ada, now + devicesLifetime * 1_000 - 1)).toBeDefined()
  expect(knownDevice(cookie, ada, now + devicesLifetime * 1_000)).toBeUndefined()
})

it('keeps the five latest accounts', () => {
  const accounts = Array.from({ length: 7 }, (_, n) => `person-${n}@parley.example`)
  let cookie: string | undefined
  for (const account of accounts) cookie = rememberDevice(cookie, account, now)
  expect(accounts.filter((account) => knownDevice(cookie, account, now))).toEqual(accounts.slice(2))
  expect(cookie?.length).toBeLessThan(400)
})

it('believes nothing that it did not write', () => {
  const cookie = rememberDevice(undefined, ada, now)
  const [account, device = '', end, signature] = cookie.split('.')
  const other = rememberDevice(undefined, ben, now).split('.')
  const forged = [
    '',
    'nonsense',
    cookie.slice(0, -1),
    `${cookie}x`,
    [account, device.split('').toReversed().join(''), end, signature].join('.'),
    [account, device, 'zzzzzzzz', signature].join('.'),
    [account, ...other.slice(1)].join('.'),
    [account, device, end, other[3]].join('.'),
  ]
  expect(forged.map((one) => knownDevice(one, ada, now))).toEqual(forged.map(() => undefined))
})
