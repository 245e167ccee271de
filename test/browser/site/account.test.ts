import AxeBuilder from '@axe-core/playwright'
import type pg from 'pg'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { newestAccountToken } from '../../support/account-links'
import { openPage } from '../../support/browser'
import { connectTo } from '../../support/database'
import { createUser } from '../../support/fixtures'
import { heading, openSite, type SiteWorld } from './site-world'

let site: SiteWorld
let database: pg.Client

beforeAll(async () => {
  site = await openSite()
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
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

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
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
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
    await page.getByText('This link has run out').waitFor()
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

const waitForToken = async (email: string): Promise<string> => {
  let token: string | undefined
  await expect
    .poll(async () => (token = await newestAccountToken(database, email).catch(() => undefined)))
    .toBeDefined()
  return token ?? ''
}
