import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType, createUser, guest } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import { book as bookIn, type MessageWorld, openMessageWorld } from '../../support/message-world'
import { kindOf, linkIn } from '../../support/resend-sandbox'

let world: MessageWorld
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  consultant = (await createConsultant(world.payload)).profile
  serviceType = await createServiceType(world.payload, [consultant])
})
beforeEach(() => world.resend.control.clear())

const deliver = () => runDueJobs(world.payload, world.database, { only: ['deliver-account-mail', 'deliver-mail'] })

const register = async (email: string, headers: Record<string, string> = {}) => {
  const answer = await world.api.post('/users', { email, password: testPassword, name: 'Jo' }, headers)
  expect(answer.status, answer.text).toBe(201)
}
const tokenIn = (link: URL) => link.pathname.split('/').pop() ?? ''
const login = (email: string, password = testPassword) => world.api.post('/users/login', { email, password })

describe('registering', () => {
  it('mails a link; following it lets one log in and find what one booked as a guest', async () => {
    const booking = await bookIn(world, { consultant, serviceType, customer: guest({ name: 'Jo' }) })
    const { email } = booking.customer
    await register(email)
    expect(world.resend.control.emails()).toEqual([])
    await deliver()
    const [mail, ...more] = world.resend.control.emails(email)
    expect(more).toEqual([])
    expect(kindOf(mail)).toBe('account_verify/account')
    expect(mail?.subject).toBe('Please verify your address')
    const link = linkIn(mail, /verify/)
    expect(link.pathname).toMatch(/^\/admin\/users\/verify\/[0-9a-f]{40}$/)

    expect((await login(email)).status).toBe(401)
    expect((await world.api.post(`/users/verify/${tokenIn(link)}`)).status).toBe(200)
    const loggedIn = await login(email)
    expect(loggedIn.status, loggedIn.text).toBe(200)
    const auth = { Authorization: `JWT ${String(loggedIn.json.token)}` }
    const mine = await world.api.get('/scheduled-sessions', auth)
    expect(mine.json.docs.map(({ reference }: { reference: string }) => reference)).toEqual([booking.reference])
    const customers = await world.api.get('/customers', auth)
    expect(customers.json.docs).toMatchObject([{ email, emailVerified: true, user: { id: loggedIn.json.user.id } }])
    const told = await world.api.get('/notifications', auth)
    expect(told.status).toBe(200)
  })

  it('writes in the language of the booking, else of the browser', async () => {
    const german = { ...guest(), language: 'de' }
    await bookIn(world, { consultant, serviceType, customer: german })
    await register(german.email, { 'Accept-Language': 'en' })
    await register('browser@parley.example', { 'Accept-Language': 'de-CH,en;q=0.5' })
    await deliver()
    expect(world.resend.control.emails(german.email)[0]?.subject).toBe('Bitte bestätigen Sie Ihre Adresse')
    expect(world.resend.control.emails('browser@parley.example')[0]?.text).toContain('Ja, das ist meine Adresse')
  })

  it('that is refused mails nothing', async () => {
    const refused = await world.api.post('/users', { email: 'x@parley.example', password: 'short', name: 'X' })
    expect(refused.status).toBe(400)
    await deliver()
    expect(world.resend.control.emails()).toEqual([])
  })

  it('while the provider is down succeeds all the same; the mail comes later, once', async () => {
    const email = 'later@parley.example'
    world.resend.control.fail({ kind: 'lose', to: email })
    world.resend.control.fail({ kind: 'server_error', to: email })
    await register(email)
    for (let attempt = 0; attempt < 3; attempt++) {
      await makeJobsDue(world.database, 'deliver-account-mail')
      await deliver()
    }
    expect(world.resend.control.emails(email)).toHaveLength(1)
    await makeJobsDue(world.database, 'deliver-account-mail')
    await deliver()
    expect(world.resend.control.emails(email)).toHaveLength(1)
  })

  it('whose link was followed before the mail went out mails nothing any more', async () => {
    const email = 'quick@parley.example'
    await register(email)
    await world.payload.update({
      collection: 'users',
      where: { email: { equals: email } },
      data: { _verified: true },
    })
    await deliver()
    expect(world.resend.control.emails(email)).toEqual([])
  })
})

describe('a forgotten password', () => {
  it('mails a link with which another one is set', async () => {
    const user = await createUser(world.payload, ['customer'])
    const asked = await world.api.post('/users/forgot-password', { email: user.email })
    expect(asked.status, asked.text).toBe(200)
    await deliver()
    const [mail] = world.resend.control.emails(user.email)
    expect(kindOf(mail)).toBe('password_reset/account')
    expect(mail?.text).toContain('60 minutes')
    const link = linkIn(mail, /reset/)
    expect(link.pathname).toMatch(/^\/admin\/reset\/[0-9a-f]{40}$/)
    const password = 'another-long-password'
    const reset = await world.api.post('/users/reset-password', { token: tokenIn(link), password })
    expect(reset.status, reset.text).toBe(200)
    expect((await login(user.email, password)).status).toBe(200)
  })

  it('answers the same for an address that nobody has, and mails nothing', async () => {
    const user = await createUser(world.payload, ['customer'])
    const known = await world.api.post('/users/forgot-password', { email: user.email })
    const unknown = await world.api.post('/users/forgot-password', { email: 'nobody@parley.example' })
    expect(unknown.text).toBe(known.text)
    await deliver()
    expect(world.resend.control.emails('nobody@parley.example')).toEqual([])
  })
})

describe("Payload's own way to send", () => {
  it('goes through the queue as well', async () => {
    await world.payload.sendEmail({ to: 'ops@parley.example', subject: 'Report', html: '<p>Numbers</p>' })
    expect(world.resend.control.emails()).toEqual([])
    await deliver()
    expect(world.resend.control.emails('ops@parley.example')).toMatchObject([{ subject: 'Report', text: 'Numbers' }])
  })
})
