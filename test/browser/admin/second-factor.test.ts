import type { Page } from 'playwright-core'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { openAdminAs } from '../../support/admin-page'
import { openPage } from '../../support/browser'
import { seriousFaults } from '../../support/browser-checks'
import { findFreePort } from '../../support/free-port'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'
import { codeOf } from '../../support/second-factor'
import { startWebProcess } from '../../support/servers'

let payload: Payload
let url: string

beforeAll(async () => {
  // Passkeys are of a host with a name.
  const port = await findFreePort()
  url = `http://localhost:${port}`
  const opened = await openTestPayload({ SERVER_URL: url })
  payload = opened.payload
  await startWebProcess({
    database: opened.database,
    env: { SERVER_URL: url, PORT: String(port), HOST: 'localhost', RATE_LIMIT_FACTOR: '0' },
    pages: true,
  })
})

const logIn = async (page: Page, { email }: User) => {
  await page.goto(`${url}/admin/login`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(testPassword)
  await page.getByRole('button', { name: 'Login' }).click()
}

const secondFactorPage = /\/admin\/second-factor\?redirect=%2Fadmin$/

const factorsOf = (page: Page) => page.getByRole('region', { name: 'Second factor' })

/** @returns the ten codes. */
const keepCodes = async (page: Page): Promise<string[]> => {
  const box = page.getByRole('region', { name: 'Your recovery codes' })
  await box.waitFor()
  expect(await seriousFaults(page, { within: '.parley-panel' })).toEqual([])
  const saved = page.waitForEvent('download')
  await box.getByRole('button', { name: 'Save as a file' }).click()
  expect((await saved).suggestedFilename()).toBe('recovery-codes.txt')
  const codes = await box.getByRole('listitem').allInnerTexts()
  await box.getByRole('button', { name: 'I have kept them' }).click()
  return codes.map((code) => code.trim())
}

const addApp = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  const secret = (await page.locator('.parley-secret').innerText()).replaceAll(' ', '')
  const code = page.getByLabel('The code that the app shows now')
  await code.fill('000000')
  await code.press('Enter')
  await page.getByText('This is not the code that the app shows now.').waitFor()
  await code.fill(codeOf(secret))
  await page.getByRole('button', { name: 'Switch it on' }).click()
  return secret
}

describe('an authenticator app', () => {
  it('is set up in the account, and lets in from then on, as does a recovery code', async () => {
    const user = await createUser(payload, ['operations'])
    const { page } = await openAdminAs({ payload, url }, user, '/account')
    await factorsOf(page).getByText('Your password alone opens your account.').waitFor()
    const secret = await addApp(page)
    const [recoveryCode = ''] = await keepCodes(page)
    await factorsOf(page).getByText('10 recovery codes are left.').waitFor()
    expect(await seriousFaults(page, { within: '.parley-panel' })).toEqual([])

    const { page: other } = await openPage()
    await logIn(other, user)
    await other.waitForURL(secondFactorPage)
    await other.getByRole('heading', { name: 'Your second factor' }).waitFor()
    const field = other.getByLabel('Code of your authenticator app')
    await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await seriousFaults(other, { within: 'main' })).toEqual([])
    // Nothing else is open, and there is a way back.
    await other.goto(`${url}/admin/collections/users`)
    await other.waitForURL(/\/admin\/second-factor/)
    await other.goto(`${url}/admin/login`)
    await other.waitForURL(secondFactorPage)
    await field.fill('123 456')
    await field.press('Enter')
    await other.getByText('That is not right, has run out, or was used before.').waitFor()
    await field.fill(codeOf(secret, 1))
    await field.press('Enter')
    await other.waitForURL(`${url}/admin`)
    await other.getByRole('heading', { name: 'People' }).first().waitFor()

    const { page: third } = await openPage()
    await logIn(third, user)
    await third.waitForURL(secondFactorPage)
    await third.getByRole('button', { name: 'Use a recovery code' }).click()
    await third.getByLabel('Recovery code').fill(recoveryCode.toLowerCase())
    await third.getByRole('button', { name: 'Log in' }).click()
    await third.waitForURL(`${url}/admin`)
    await third.goto(`${url}/admin/account`)
    await factorsOf(third).getByText('9 recovery codes are left.').waitFor()
  })

  it('is demanded: it is set up at the login, which goes on then, or back', async () => {
    const user = await createUser(payload, ['consultant'])
    const secondFactor = { consultantsFrom: new Date(Date.now() - 60_000).toISOString() }
    await payload.updateGlobal({ slug: 'booking-settings', data: { secondFactor } })
    const { page } = await openPage()
    await logIn(page, user)
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    expect(await seriousFaults(page, { within: 'main' })).toEqual([])
    await page.getByRole('button', { name: 'Back to the login' }).click()
    await page.waitForURL(/\/admin\/login/)
    await page.getByLabel('Email').waitFor()
    await logIn(page, user)
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    await addApp(page)
    await keepCodes(page)
    await page.waitForURL(`${url}/admin`)
    await page.goto(`${url}/admin/account`)
    await page.getByText('You have to have a second factor, so the last one stays.').waitFor()
    await payload.updateGlobal({ slug: 'booking-settings', data: { secondFactor: { consultantsFrom: null } } })
  })
})

describe('a passkey', () => {
  it('is made by the browser, lets in, and is removed', async () => {
    const user = await createUser(payload, ['operations'])
    const { page } = await openAdminAs({ payload, url }, user, '/account')
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByLabel('Name of the passkey (optional)').fill('My laptop')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await keepCodes(page)
    await factorsOf(page).getByText('My laptop').waitFor()

    await page.context().clearCookies()
    await logIn(page, user)
    await page.waitForURL(secondFactorPage)
    await page.getByRole('button', { name: 'Use your passkey' }).click()
    await page.waitForURL(`${url}/admin`)
    await page.goto(`${url}/admin/account`)
    await factorsOf(page).getByRole('button', { name: 'Remove: My laptop' }).click()
    await factorsOf(page).getByText('Your password alone opens your account.').waitFor()
  })
})

describe('somebody who has lost theirs', () => {
  it('is helped by staff on the page of the user', async () => {
    const operations = await createUser(payload, ['operations'])
    const user = await createUser(payload, ['consultant'])
    const { page } = await openAdminAs({ payload, url }, operations, `/collections/users/${user.id}`)
    await page.getByRole('button', { name: 'Reset the second factor' }).click()
    await page.getByText('Do it only when you are sure that it is them who ask').waitFor()
    await page.getByRole('button', { name: 'Reset it' }).click()
    await page.getByText('They log in with their password now.').waitFor()
  })
})
