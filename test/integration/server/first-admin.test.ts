import { beforeAll, expect, it } from 'vitest'
import type { Payload } from 'payload'
import { openTestPayload } from '../../support/payload'

let payload: Payload

beforeAll(async () => {
  payload = (await openTestPayload()).payload
})

const firstAdmin = async (password: string) => {
  const { createFirstAdmin } = await import('#server/create-first-admin')
  await createFirstAdmin(payload, { email: 'ada@company.example', password })
}

const admins = async () =>
  (await payload.find({ collection: 'users', where: { roles: { contains: 'admin' } } })).docs.map(({ email }) => email)

it('the first administrator is refused a password that is guessed first, with what to change', async () => {
  await expect(firstAdmin('Password123')).rejects.toThrow(
    'The password for ada@company.example is refused. Is among the passwords that are guessed first. Choose several words',
  )
  expect(await admins()).toEqual([])
})

it('and is made once', async () => {
  await firstAdmin('three words that differ')
  await firstAdmin('Password123')
  expect(await admins()).toEqual(['ada@company.example'])
})
