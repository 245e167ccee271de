import type { Payload } from 'payload'
import { describe, expect, it } from 'vitest'
import { createRouteNames } from '#server/name-payload-route'

const at = (method: string, path: string) => ({ method, path, handler: () => new Response() })

const nameRoute = createRouteNames({
  config: {
    collections: [{ slug: 'users', endpoints: [at('post', '/login'), at('get', '/'), at('get', '/:id')] }],
    globals: [{ slug: 'settings', endpoints: [at('get', '/')] }],
    endpoints: [at('get', '/plugin/ping')],
  },
} as unknown as Payload)

describe('names of routes', () => {
  it.each([
    ['POST', '/users/login', 'POST /users/login'],
    ['GET', '/users', 'GET /users'],
    ['GET', '/users/0190', 'GET /users/:id'],
    ['GET', '/users/person@example.com', 'GET /users/:id'],
    ['GET', '/globals/settings', 'GET /globals/settings'],
    ['GET', '/plugin/ping', 'GET /plugin/ping'],
    ['GET', '/users/a/b/c', 'GET nowhere'],
    ['PUT', '/made-up/by-a-caller', 'PUT nowhere'],
  ])('%s %s is %s', (method, path, name) => {
    expect(nameRoute(method, path)).toBe(name)
  })
})
