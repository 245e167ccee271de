import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCustomer } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let api: RestClient
let payload: Payload

// A twentieth of every limit, so that a few requests reach it.
beforeAll(async () => {
  payload = (await openTestPayload({ RATE_LIMIT_FACTOR: '0.05' })).payload
  api = await createRestClient(payload)
})

const from = (address: string) => ({ 'X-Forwarded-For': address })

const untilLimited = async (ask: () => Promise<RestAnswer>, most: number) => {
  for (let n = 0; n <= most; n++) {
    const answer = await ask()
    if (answer.status === 429) return { answer, before: n }
  }
  throw new Error(`${most} requests were not limited.`)
}

describe('rate limits', () => {
  it('bound logins per address, whether or not the account exists, with the seconds to wait', async () => {
    const login = () =>
      api.post('/users/login', { email: 'nobody@parley.example', password: 'wrong' }, from('198.51.100.1'))
    const { answer, before } = await untilLimited(login, 10)
    expect(before).toBeGreaterThan(0)
    expect(answer.text).toContain('rate_limited')
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
    const other = await api.post(
      '/users/login',
      { email: 'else@parley.example', password: 'wrong' },
      from('198.51.100.2'),
    )
    expect(other.status).toBe(401)
  })

  it('bound reading records, by what it costs', async () => {
    const costly = () => api.get('/availability-slots?limit=200&depth=1', from('198.51.100.21'))
    const { answer, before } = await untilLimited(costly, 10)
    expect(before).toBe(3)
    expect(answer.json.errors[0].data.code).toBe('rate_limited')
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
    const graphql =
      '{ a: AvailabilitySlots(limit: 200) { docs { id } } b: AvailabilitySlots(limit: 200) { docs { id } } }'
    const other = await api.post('/graphql', { query: graphql }, from('198.51.100.22'))
    expect(other.json.errors, other.text).toBeUndefined()
    const same = await api.post('/graphql', { query: graphql }, from('198.51.100.21'))
    expect(same.json.errors[0].extensions.data.code).toBe('rate_limited')
    const cheap = () => api.get('/availability-slots?limit=1&depth=0', from('198.51.100.23'))
    for (let n = 0; n < 10; n++) expect((await cheap()).status).toBe(200)
  })

  it('bound changes of records, and those of one GraphQL document one by one', async () => {
    const change = () => api.post('/reviews', {}, from('198.51.100.24'))
    expect((await untilLimited(change, 60)).before).toBe(60)
    const names = Array.from(
      { length: 15 },
      (_, index) => `a${index}: deleteReview(id: "019386b0-0000-7000-8000-000000000000") { id }`,
    )
    const document = () => api.post('/graphql', { query: `mutation { ${names.join(' ')} }` }, from('198.51.100.25'))
    for (let n = 0; n < 4; n++) expect((await document()).text).not.toContain('rate_limited')
    expect((await document()).text).toContain('rate_limited')
  })

  it('bound guesses of manage tokens', async () => {
    const guess = () => api.get('/booking/sessions/PY-23456789?token=guess', from('198.51.100.3'))
    const { answer } = await untilLimited(guess, 10)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.text).toContain('rate_limited')
  })

  it('bound mails that anybody can cause', async () => {
    const forgot = () => api.post('/users/forgot-password', { email: 'nobody@parley.example' }, from('198.51.100.4'))
    expect((await untilLimited(forgot, 10)).answer.status).toBe(429)
  })

  it('bound registrations, also of whoever is logged in, and tokens of mailed links', async () => {
    const register = (n: number) => ({ name: 'Ada', email: `limited-${n}@parley.example` })
    let n = 0
    const ask = () => api.post('/users', register(n++), from('198.51.100.8'))
    expect((await untilLimited(ask, 10)).answer.text).toContain('rate_limited')
    const asUser = await api.as((await createCustomer(payload)).user)
    const askAsUser = () => asUser.post('/users', register(n++), from('198.51.100.8'))
    expect((await untilLimited(askAsUser, 0)).before).toBe(0)
    for (const page of ['confirm', 'password']) {
      const guess = () =>
        api.post(`/account/${page}`, { token: 'x', password: 'a-long-password' }, from('198.51.100.9'))
      expect((await untilLimited(guess, 10)).answer.text).toContain('rate_limited')
    }
  })

  it('bound whoever is logged in as well: passwords of others, and mails to others', async () => {
    const { user } = await createCustomer(payload)
    const asUser = await api.as(user)
    const login = () =>
      asUser.post('/users/login', { email: 'other@parley.example', password: 'wrong' }, from('198.51.100.6'))
    expect((await untilLimited(login, 10)).answer.text).toContain('rate_limited')
    const forgot = () => asUser.post('/users/forgot-password', { email: 'other@parley.example' }, from('198.51.100.7'))
    expect((await untilLimited(forgot, 10)).answer.text).toContain('rate_limited')
  })

  it('count a network of IPv6 as one caller, however its addresses are written', async () => {
    const addresses = [
      '2001:db8:0:1::1',
      '2001:DB8::1:a:b:c:d',
      '2001:0db8:0000:0001:9:8:7:6',
      '2001:db8:0:1:1::5%eth0',
    ]
    let n = 0
    const guess = () =>
      api.get('/booking/sessions/PY-23456789?token=guess', from(addresses[n++ % addresses.length] ?? ''))
    expect((await untilLimited(guess, 10)).before).toBe(3)
    const other = await api.get('/booking/sessions/PY-23456789?token=guess', from('2001:db8:0:2::1'))
    expect(other.status).toBe(404)
  })

  it('bound bookings and holds', async () => {
    const hold = () =>
      api.post(
        '/booking/holds',
        { consultant: 'x', serviceType: 'y', start: '2027-01-01T10:00:00Z' },
        from('198.51.100.5'),
      )
    expect((await untilLimited(hold, 40)).answer.status).toBe(429)
  })
})
