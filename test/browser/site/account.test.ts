import type pg from 'pg'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { newestAccountToken } from '../../support/account-links'
import { openPage } from '../../support/browser'
import { allFaults } from '../../support/browser-checks'
import { connectTo } from '../../support/database'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openOpenidProvider, type TestOpenidProvider } from '../../support/openid-provider'
import { heading, openSite, type SiteWorld } from './site-world'

let site: SiteWorld
let database: pg.Client
let provider: TestOpenidProvider

beforeAll(async () => {
  provider = await openOpenidProvider()
  const { issuer, clientId, clientSecret } = provider
  site = await openSite({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_LABEL: 'Example Works',
  })
  provider.register([`${site.url}/api/account/openid/oidc/callback`])
  database = await connectTo(site.database)
})

const own = 'a-password-of-their-own'
let number = 0

/** The page of a link that was mailed to somebody who registers. */
const registered = async () => {
  const email = `account-${++number}@parley.example`
  expect((await site.api.post('/users', { name: 'Ada', email })).status).toBe(202)
  const token = await newestAccountToken(database, email)
  return { email, token, address: `${site.url}/account/confirm#token=${token}` }
}

const countUsers = async (email: string) =>
  (await site.payload.count({ collection: 'users', where: { email: { equals: email } } })).totalDocs

const submit = async (page: Page, action: string, password = own) => {
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: action }).click()
}

describe('the link of somebody who registers', () => {
  it('does nothing when it is looked at; a password confirms the address and logs in', async () => {
    const { email, token, address } = await registered()
    const { page, faults } = await openPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer ?? ''}`))
    await page.goto(address)
    await heading(page, 'Confirm your address').waitFor()
    expect(await countUsers(email)).toBe(0)
    expect(asked.filter((url) => url.includes(token))).toEqual([])
    expect(await page.locator('meta[name="robots"]').getAttribute('content')).toContain('noindex')
    expect(await page.locator('meta[name="referrer"]').getAttribute('content')).toBe('no-referrer')
    expect(await allFaults(page)).toEqual([])

    await submit(page, 'Confirm and log in', 'short')
    await page.getByText('Must be 10 to 200 characters long.').waitFor()
    expect(await page.getByLabel('New password').evaluate((field) => field === document.activeElement)).toBe(true)
    await submit(page, 'Confirm and log in')
    await heading(page, 'Your account is ready').waitFor()
    await page.getByText('You are logged in').waitFor()
    expect(page.url()).toBe(`${site.url}/account/confirm`)
    const me = await page.evaluate(
      async () => (await (await fetch('/api/users/me')).json()) as { user?: { email: string } },
    )
    expect(me.user?.email).toBe(email)
    // The refused password was an answer of 400.
    expect(faults.filter((fault) => !fault.includes('400'))).toEqual([])
  })

  it('that was used says so, and mails another one', async () => {
    const { email, token, address } = await registered()
    await site.api.post('/account/confirm', { token, password: own })
    const { page } = await openPage()
    await page.goto(address)
    await submit(page, 'Confirm and log in')
    await page.getByText('This link was used already').waitFor()
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByText('Look at your mails').waitFor()
    const { rows } = await database.query(
      `SELECT asked_for FROM parley.account_links WHERE address = $1 ORDER BY created_at DESC LIMIT 1`,
      [email],
    )
    expect(rows).toEqual([{ asked_for: 'reset' }])
  })

  it.each([
    ['without its token', '/account/confirm', 'This link is not complete'],
    [
      'of an older kind, to confirm an address',
      '/admin/users/verify/0123456789abcdef',
      'This link is of an older kind',
    ],
    ['of an older kind, to choose a password', '/admin/reset/0123456789abcdef', 'This link is of an older kind'],
  ])('%s says what to do', async (_what, path, words) => {
    const { page } = await openPage()
    await page.goto(`${site.url}${path}`)
    await page.getByText(words).first().waitFor()
    await page.getByRole('button', { name: 'Send me a link' }).waitFor()
    expect(page.url()).not.toContain('0123456789abcdef')
    expect(await allFaults(page)).toEqual([])
  })

  it('that is wrong or has run out says what to do', async () => {
    const { email, address } = await registered()
    const { page } = await openPage()
    await page.goto(`${address}x`)
    await submit(page, 'Confirm and log in')
    await page.getByText('This link is not valid').waitFor()
    await database.query(`UPDATE parley.account_links SET expires_at = now() WHERE address = $1`, [email])
    // The same page, but for what stands behind #: the browser does not load it anew.
    await page.goto('about:blank')
    await page.goto(address)
    await submit(page, 'Confirm and log in')
    await page.getByText('or has run out').waitFor()
  })
})

describe('a new password', () => {
  it('of a consultant leads to their desk, from the form of the admin on', async () => {
    const { email } = await createUser(site.payload, ['consultant'])
    const { page } = await openPage()
    await page.goto(`${site.url}/admin/forgot`)
    await page.locator('#field-email').fill(email)
    await page.locator('button[type=submit]').click()
    const token = await waitForToken(email)
    await page.goto(`${site.url}/account/password#token=${token}`)
    await heading(page, 'Choose a new password').waitFor()
    await submit(page, 'Set the password and log in')
    await heading(page, 'Your new password works').waitFor()
    await page.getByRole('link', { name: 'Go to your desk' }).click()
    await page.waitForURL(`${site.url}/admin`)
    await page.locator('.dashboard').first().waitFor()
  })
})

describe('the pages to register and to log in', () => {
  it('make an account with a link that is mailed, and log in to it', async () => {
    const email = `account-${++number}@parley.example`
    const { page, faults } = await openPage()
    await page.goto(site.url)
    await page.getByRole('link', { name: 'Account' }).click()
    await page.getByText('You are not logged in.').waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
    await page.getByRole('link', { name: 'Ask for an account' }).click()
    await heading(page, 'Ask for an account').waitFor()
    expect(await allFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByText('Say how we may call you.').waitFor()
    expect(await page.getByLabel('Name').evaluate((field) => field === document.activeElement)).toBe(true)
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByText('Look at your mails').waitFor()
    await site.api.post('/account/confirm', { token: await newestAccountToken(database, email), password: own })

    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('not-the-password-of-anybody')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText('The e-mail address or the password is not right').waitFor()
    expect(await allFaults(page)).toEqual([])
    await page.getByLabel('Password', { exact: true }).fill(own)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText(`You are logged in as ${email}.`).waitFor()
    await page.getByText('With your password').waitFor()
    expect(await allFaults(page)).toEqual([])

    // From here on with the provider, which knows them by another address.
    provider.be({ sub: email, email: `another-${email}`, email_verified: true })
    await page.getByRole('button', { name: 'Connect Example Works' }).click()
    await page.getByText('It is connected.').waitFor()
    await page.getByRole('button', { name: 'Log out', exact: true }).click()
    await heading(page, 'Log in').waitFor()
    await page.getByRole('link', { name: 'Log in with Example Works' }).click()
    await page.getByText(`You are logged in as ${email}.`).waitFor()
    await page.getByRole('button', { name: 'Disconnect Example Works' }).click()
    await page.getByText('It is disconnected.').waitFor()
    // Who is not logged in, and a wrong password, are answered 401.
    expect(faults.filter((fault) => !fault.includes('401'))).toEqual([])
  })

  it('say in words why a provider opens nothing', async () => {
    const { email } = await createUser(site.payload, ['customer'])
    const { page } = await openPage()
    provider.be({ sub: 'a-stranger', email, email_verified: true })
    await page.goto(`${site.url}/account/login`)
    await page.getByRole('link', { name: 'Log in with Example Works' }).click()
    await page.getByText('There is an account with your e-mail address already.').waitFor()
    await page.goto(`${site.url}/account/login?problem=%3Cb%3Emade-up`)
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await page.getByRole('alert').filter({ hasText: 'made-up' }).count()).toBe(0)
  })

  it('let somebody log in again whose login is too old for a change, with a password or at the provider', async () => {
    const user = await createUser(site.payload, ['customer'])
    const person = { sub: `again-${user.id}` }
    await database.query(
      `INSERT INTO parley.openid_identities (id, issuer, subject, user_id) VALUES (gen_random_uuid(), $1, $2, $3)`,
      [provider.issuer, person.sub, user.id],
    )
    const letAge = () =>
      database.query(
        `UPDATE users_sessions SET created_at = now() - interval '1 hour', proved_at = NULL WHERE _parent_id = $1`,
        [user.id],
      )
    const disconnect = () => page.getByRole('button', { name: 'Disconnect Example Works' }).click()
    const logInAgain = () => page.getByRole('alert').getByRole('link', { name: 'Log in again' }).click()
    const { page } = await openPage()
    provider.be(person)
    await page.goto(`${site.url}/account/login`)
    await page.getByRole('link', { name: 'Log in with Example Works' }).click()
    await page.getByText(`You are logged in as ${user.email}.`).waitFor()

    await letAge()
    await disconnect()
    expect(await allFaults(page)).toEqual([])
    await logInAgain()
    const asked = provider.asked()
    await page.getByRole('link', { name: 'Log in with Example Works' }).click()
    await page.getByText(`You are logged in as ${user.email}.`).waitFor()
    // They were logged in there, and were asked all the same.
    expect(provider.asked()).toBe(asked + 1)

    await letAge()
    await disconnect()
    await logInAgain()
    await heading(page, 'Log in again').waitFor()
    expect(await allFaults(page)).toEqual([])
    await expect.poll(() => page.getByLabel('E-mail').inputValue()).toBe(user.email)
    await page.getByLabel('Password', { exact: true }).fill(testPassword)
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await page.getByText(`You are logged in as ${user.email}.`).waitFor()
    await disconnect()
    await page.getByText('It is disconnected.').waitFor()
  })

  it('log staff in to the admin with what they have connected', async () => {
    const user = await createUser(site.payload, ['operations'])
    await database.query(
      `INSERT INTO parley.openid_identities (id, issuer, subject, user_id) VALUES (gen_random_uuid(), $1, 'staff', $2)`,
      [provider.issuer, user.id],
    )
    provider.be({ sub: 'staff' })
    const { page } = await openPage()
    await page.goto(`${site.url}/admin/login`)
    await page.getByRole('link', { name: 'Log in with Example Works' }).click()
    await page.waitForURL(`${site.url}/admin`)
    await page.locator('.dashboard').first().waitFor()
    await page.goto(`${site.url}/admin/account`)
    await page.getByRole('button', { name: 'Disconnect Example Works' }).waitFor()
  })

  it.each([
    ['/account/confirm#token=x', 'Bestätigen Sie Ihre Adresse'],
    ['/account/password#token=x', 'Neues Passwort wählen'],
    ['/account/older-link', 'Dieser Link bewirkt nichts mehr'],
    ['/account/login?problem=known', 'Anmelden'],
    ['/account/register', 'Konto anlegen'],
    ['/account/forgot', 'Passwort vergessen?'],
    ['/account', 'Ihr Konto'],
    ['/account/again', 'Sie sind wieder angemeldet'],
  ])('speak German to whoever prefers it: %s', async (path, title) => {
    const { page } = await openPage({ locale: 'de-AT' })
    await page.goto(`${site.url}${path}`)
    await heading(page, title).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    expect(await page.title()).toBe(`${title} · Parley`)
    expect(await page.locator('body').innerText()).not.toMatch(/\b(the|your|with|and|password|log in)\b/i)
    expect(await allFaults(page)).toEqual([])
  })

  it('say in German what is wrong with a password', async () => {
    const { token } = await registered()
    const { page } = await openPage({ locale: 'de' })
    await page.goto(`${site.url}/account/confirm#token=${token}`)
    await page.getByLabel('Neues Passwort').fill('kurz')
    await page.getByRole('button', { name: 'Bestätigen und anmelden' }).click()
    await page.getByText('Muss 10 bis 200 Zeichen lang sein.').waitFor()
  })
})

const waitForToken = async (email: string): Promise<string> => {
  let token: string | undefined
  await expect
    .poll(async () => (token = await newestAccountToken(database, email).catch(() => undefined)))
    .toBeDefined()
  return token ?? ''
}
