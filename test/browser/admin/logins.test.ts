import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { openAdminAs, untilAdminRests } from '../../support/admin-page'
import { openPage } from '../../support/browser'
import { seriousFaults } from '../../support/browser-checks'
import { connectTo } from '../../support/database'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'
import { startWebProcess } from '../../support/servers'

type World = Awaited<ReturnType<typeof openTestPayload>> & { url: string }

let world: World
let operations: User
let database: pg.Client

beforeAll(async () => {
  const opened = await openTestPayload()
  const web = await startWebProcess({ database: opened.database, pages: true })
  world = { ...opened, url: web.url }
  database = await connectTo(opened.database)
  operations = await createUser(opened.payload, ['operations'], { name: 'Olivia Operations' })
})

const login = async (password: string, userAgent = 'curl/8.5.0'): Promise<Response> =>
  fetch(`${world.url}/api/users/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': userAgent },
    body: JSON.stringify({ email: operations.email, password }),
  })

/** Whether a token opens anything. */
const isAlive = async (token: string): Promise<boolean> => {
  const answer = await fetch(`${world.url}/api/users/me`, { headers: { Authorization: `JWT ${token}` } })
  return ((await answer.json()) as { user: unknown }).user !== null
}

describe('the form of the login', () => {
  it('says what may be wrong, lets in, and shows where one is logged in', async () => {
    const elsewhere = ((await (await login(testPassword)).json()) as { token: string }).token
    const { page, faults } = await openPage()
    await page.goto(`${world.url}/admin/login`)
    await page.getByLabel('Email').fill(operations.email)
    await page.getByLabel('Password').fill('not-the-password')
    await page.getByRole('button', { name: 'Login' }).click()
    await page.getByText('The e-mail address or the password is not right').waitFor()
    // What the browser says of the 401.
    faults.length = 0

    await page.getByLabel('Password').fill(testPassword)
    await page.getByRole('button', { name: 'Login' }).click()
    await page.waitForURL(`${world.url}/admin`)
    const cookies = await page.context().cookies(`${world.url}/api`)
    expect(cookies.map(({ name, httpOnly }) => [name, httpOnly]).toSorted()).toEqual([
      ['parley-devices', true],
      ['payload-token', true],
    ])

    await page.goto(`${world.url}/admin/account`)
    const panel = page.getByRole('region', { name: 'Where you are logged in' })
    await panel.getByText('(here)').waitFor()
    expect(await panel.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^Chrome on Linux \(here\)/),
      expect.stringMatching(/^curl/),
    ])
    expect(await seriousFaults(page, { within: '.parley-panel' })).toEqual([])
    await panel.getByRole('button', { name: 'Log out: curl' }).click()
    await page.getByText('You are logged out there.').waitFor()
    await expect.poll(() => panel.getByRole('listitem').count()).toBe(1)
    expect(await isAlive(elsewhere)).toBe(false)
    expect(faults).toEqual([])
  })
})

describe('a login that is too old for a change', () => {
  const letAge = ({ id }: User) =>
    database.query(`UPDATE users_sessions SET created_at = now() - interval '16 minutes' WHERE _parent_id = $1`, [id])

  it('is made anew in another window, and what was typed is saved then', async () => {
    const admin = await createUser(world.payload, ['admin'])
    const other = await createUser(world.payload, ['customer'])
    const { page } = await openAdminAs(world, admin, `/collections/users/${other.id}`)
    await letAge(admin)
    await page.getByLabel('Name').fill('Renamed')
    await page.getByLabel('Email').fill(`moved-${other.email}`)
    await untilAdminRests(page)
    await page.getByRole('button', { name: 'Save' }).click()
    const panel = page.getByRole('alert', { name: 'Your login' })
    const opened = page.waitForEvent('popup')
    await panel.getByRole('button', { name: 'Log in again' }).click()
    const login = await opened
    await login.getByRole('heading', { name: 'Log in again' }).waitFor()
    await expect.poll(() => login.getByLabel('E-mail').inputValue()).toBe(admin.email)
    expect(await seriousFaults(login, { within: 'main' })).toEqual([])
    await login.getByLabel('Password', { exact: true }).fill(testPassword)
    const closed = login.waitForEvent('close')
    await login.getByRole('button', { name: 'Log in', exact: true }).click()
    await closed
    await page.getByText('You are logged in again. Save it now.').waitFor()
    await expect.poll(() => panel.count()).toBe(0)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Updated successfully').waitFor()
    const saved = await world.payload.findByID({ collection: 'users', id: other.id })
    expect([saved.name, saved.email]).toEqual(['Renamed', `moved-${other.email}`])
  })

  it('is made anew from the message about a button', async () => {
    const admin = await createUser(world.payload, ['admin'])
    const other = await createUser(world.payload, ['customer'])
    const { page } = await openAdminAs(world, admin, `/collections/users/${other.id}`)
    await letAge(admin)
    await page.getByRole('button', { name: 'Reset the second factor' }).click()
    await page.getByRole('button', { name: 'Reset it' }).click()
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Log in again' }).click()
    await (await opened).getByRole('heading', { name: 'Log in again' }).waitFor()
  })
})

describe('the page of somebody else', () => {
  it('logs them out everywhere, and forgives those who failed', async () => {
    const customer = await createUser(world.payload, ['customer'])
    const answer = await fetch(`${world.url}/api/users/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: customer.email, password: testPassword }),
    })
    const { token } = (await answer.json()) as { token: string }
    const { page, faults } = await openAdminAs(world, operations, `/collections/users/${customer.id}`)
    await page.getByRole('button', { name: 'Log out everywhere' }).click()
    await page.getByText('They are logged out everywhere.').waitFor()
    expect(await isAlive(token)).toBe(false)
    await page.getByRole('button', { name: 'Forgive failed logins' }).click()
    await page.getByText('Failed logins are forgiven.').waitFor()
    expect(await page.getByRole('button', { name: 'Force Unlock' }).count()).toBe(0)
    expect(faults).toEqual([])
  })
})
