import { beforeAll, describe, expect, it } from 'vitest'
import type pg from 'pg'
import type { WebServer } from '#server/create-web-server'
import { cleanUpLater } from '../../support/clean-up'
import { connectTo } from '../../support/database'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'

let base: string
let client: pg.Client
let email: string

beforeAll(async () => {
  const { payload, database } = await openTestPayload({ CORS_ORIGINS: 'https://shop.example' })
  client = await connectTo(database)
  email = (await createUser(payload, ['customer'])).email
  const { createWebServer } = await import('#server/create-web-server')
  const server: WebServer = await createWebServer({ port: 0, host: '127.0.0.1', next: 'none' })
  cleanUpLater(() => server.close())
  base = `http://127.0.0.1:${server.port}`
})

const asForm = () => {
  const form = new FormData()
  form.set('_payload', JSON.stringify({ email, password: testPassword }))
  return form
}

const ways: readonly [string, string, () => { body: string | FormData; type?: string }][] = [
  ['a form', '/api/users/login', () => ({ body: asForm() })],
  [
    'JSON',
    '/api/users/login',
    () => ({ body: JSON.stringify({ email, password: testPassword }), type: 'application/json' }),
  ],
  [
    'text that is JSON',
    '/api/users/login',
    () => ({ body: JSON.stringify({ email, password: testPassword }), type: 'text/plain' }),
  ],
  [
    'GraphQL',
    '/api/graphql',
    () => ({
      body: JSON.stringify({
        query: `mutation { loginUser(email: "${email}", password: "${testPassword}") { token } }`,
      }),
      type: 'application/json',
    }),
  ],
  ['an action of the admin', '/admin/login', () => ({ body: '[]', type: 'text/plain' })],
]

const send = (
  path: string,
  { body, type }: { body: string | FormData; type?: string },
  headers: Record<string, string>,
) => fetch(base + path, { method: 'POST', body, headers: { ...(type ? { 'Content-Type': type } : {}), ...headers } })

const foreign: readonly Record<string, string>[] = [
  { Origin: 'https://evil.example' },
  { Origin: 'null' },
  { 'Sec-Fetch-Site': 'cross-site' },
]

describe('a page of another site logs nobody in', () => {
  it.each(ways)('by %s', async (_way, path, request) => {
    for (const headers of foreign) {
      const answer = await send(path, request(), headers)
      expect(answer.status).toBe(403)
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(await answer.json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('another site') })
    }
    const { rowCount } = await client.query('SELECT FROM users_sessions')
    expect(rowCount).toBe(0)
  })

  it('and is refused before anything is read', async () => {
    const answer = await send(
      '/api/users/login',
      { body: '{"', type: 'application/json' },
      { Origin: 'https://evil.example' },
    )
    expect(answer.status).toBe(403)
  })
})

describe('whoever may, logs in', () => {
  it.each<[string, () => Record<string, string>]>([
    ['a page of ours', () => ({ Origin: 'http://localhost:3000' })],
    ['a page at the address that was asked', () => ({ Origin: base })],
    ['a page of CORS_ORIGINS', () => ({ Origin: 'https://shop.example', 'Sec-Fetch-Site': 'cross-site' })],
    ['a program', () => ({})],
  ])('%s', async (_who, headers) => {
    const answer = await send('/api/users/login', { body: asForm() }, headers())
    expect(answer.status, await answer.text()).toBe(200)
  })
})
