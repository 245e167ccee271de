import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { accountLinkIn, newestAccountToken } from '../../support/account-links'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, guest } from '../../support/fixtures'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import { book as bookIn, type MessageWorld, openMessageWorld } from '../../support/message-world'
import { kindOf } from '../../support/resend-sandbox'

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
  const answer = await world.api.post('/users', { email, name: 'Jo' }, headers)
  expect(answer.status, answer.text).toBe(202)
}
const own = 'a-password-of-their-own'
const confirm = (token: string) => world.api.post('/account/confirm', { token, password: own })
const login = (email: string, password = own) => world.api.post('/users/login', { email, password })

describe('registering', () => {
  it('mails a link; opening it lets one log in and find what one booked as a guest', async () => {
    const booking = await bookIn(world, { consultant, serviceType, customer: guest({ name: 'Jo' }) })
    const { email } = booking.customer
    await register(email)
    expect(world.resend.control.emails()).toEqual([])
    await deliver()
    const [mail, ...more] = world.resend.control.emails(email)
    expect(more).toEqual([])
    expect(kindOf(mail)).toBe('account_verify/account')
    expect(mail?.subject).toBe('Please confirm your address')
    const link = accountLinkIn(mail)
    expect(link.page).toBe('/account/confirm')

    expect((await login(email)).status).toBe(401)
    expect((await confirm(link.token)).status).toBe(200)
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

  it('writes in the language of the booking, else of the browser, and keeps it for the new customer', async () => {
    const german = { ...guest(), language: 'de' }
    await bookIn(world, { consultant, serviceType, customer: german })
    await register(german.email, { 'Accept-Language': 'en' })
    const email = 'browser@parley.example'
    await register(email, { 'Accept-Language': 'de-CH,en;q=0.5' })
    await deliver()
    expect(world.resend.control.emails(german.email)[0]?.subject).toBe('Bitte bestätigen Sie Ihre Adresse')
    const [mail] = world.resend.control.emails(email)
    expect(mail?.text).toContain('Das war ich: Passwort wählen')
    expect(mail?.text).toContain('24 Stunden')
    await confirm(accountLinkIn(mail).token)
    const where = { email: { equals: email } }
    expect((await world.payload.find({ collection: 'customers', where })).docs).toMatchObject([{ language: 'de-CH' }])
  })

  it('that is refused mails nothing', async () => {
    const refused = await world.api.post('/users', { email: 'x@parley.example' })
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

  it('whose link was used before the mail went out mails nothing any more', async () => {
    const email = 'quick@parley.example'
    await register(email)
    const database = await connectTo(world.database)
    await confirm(await newestAccountToken(database, email))
    await deliver()
    expect(world.resend.control.emails(email)).toEqual([])
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
