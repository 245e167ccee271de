import { expect, it } from 'vitest'
import { readDemoState, whileFilling } from '#server/demo-state'
import { connectTo, createTestDatabase } from '../../support/database'

it('a demo whose filling did not end is told from one that is there, and from none', async () => {
  const database = await createTestDatabase()
  const client = await connectTo(database)
  const addUser = async () => {
    await client.query(
      `INSERT INTO users (id, name, email) VALUES (gen_random_uuid(), 'Ada', gen_random_uuid() || '@parley.example')`,
    )
  }
  expect(await readDemoState(database.url)).toBe('empty')
  const killed = whileFilling(database.url, async () => {
    await addUser()
    throw new Error('Killed')
  })
  await expect(killed).rejects.toThrow('Killed')
  expect(await readDemoState(database.url)).toBe('half-filled')
  await whileFilling(database.url, addUser)
  expect(await readDemoState(database.url)).toBe('in use')
})
