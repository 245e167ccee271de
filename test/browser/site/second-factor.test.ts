import type { Payload } from 'payload'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { openPage } from '../../support/browser'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import { createUser } from '../../support/fixtures'
import { findFreePort } from '../../support/free-port'
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

const words = {
  en: {
    email: 'E-mail',
    password: 'Password',
    logIn: 'Log in',
    factor: 'Second factor',
    codes: 'Your recovery codes',
    save: 'Save as a file',
    kept: 'I have kept them',
  },
  de: {
    email: 'E-Mail',
    password: 'Passwort',
    logIn: 'Anmelden',
    factor: 'Zweiter Faktor',
    codes: 'Ihre Notfallcodes',
    save: 'Als Datei speichern',
    kept: 'Ich habe sie aufbewahrt',
  },
} as const

type Language = keyof typeof words

const logIn = async (page: Page, { email }: User, language: Language = 'en'): Promise<void> => {
  const said = words[language]
  await page.goto(`${url}/account/login`)
  await page.getByLabel(said.email).fill(email)
  await page.getByLabel(said.password, { exact: true }).fill(testPassword)
  await page.getByRole('button', { name: said.logIn }).click()
}

const factorsOf = (page: Page, language: Language = 'en') =>
  page.getByRole('region', { name: words[language].factor, exact: true })

const expectSound = async (page: Page): Promise<void> => {
  expect(await seriousFaults(page)).toEqual([])
  expect(await overflowOf(page)).toBe(0)
}

/** @returns the ten codes. */
const keepCodes = async (page: Page, language: Language = 'en'): Promise<string[]> => {
  const said = words[language]
  const box = page.getByRole('region', { name: said.codes })
  await box.waitFor()
  await expectSound(page)
  const saved = page.waitForEvent('download')
  await box.getByRole('button', { name: said.save }).click()
  expect((await saved).suggestedFilename()).toMatch(/codes\.txt$/)
  const codes = await box.getByRole('listitem').allInnerTexts()
  expect(codes).toHaveLength(10)
  await box.getByRole('button', { name: said.kept }).click()
  return codes.map((code) => code.trim())
}

const addApp = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  await expectSound(page)
  const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '')
  const code = page.getByLabel('The code that the app shows now')
  await code.fill('000000')
  await code.press('Enter')
  await page.getByText('This is not the code that the app shows now.').waitFor()
  await code.fill(codeOf(secret))
  await page.getByRole('button', { name: 'Switch it on' }).click()
  return secret
}

const secondFactorPage = /\/account\/second-factor/

describe('an authenticator app of a customer', () => {
  it('is set up on the account page, lets in from then on, as does a recovery code, and is removed', async () => {
    const user = await createUser(payload, ['customer'])
    const { page } = await openPage()
    await logIn(page, user)
    await factorsOf(page).getByText('Your password alone opens your account.').waitFor()
    // Where one is logged in stands on the same page.
    await page.getByRole('region', { name: 'Where you are logged in' }).getByText('(here)').waitFor()
    const secret = await addApp(page)
    const [recoveryCode = ''] = await keepCodes(page)
    await factorsOf(page).getByText('10 recovery codes are left.').waitFor()
    await expectSound(page)

    const { page: other } = await openPage()
    await logIn(other, user)
    await other.waitForURL(secondFactorPage)
    const field = other.getByLabel('Code of your authenticator app')
    await other.locator('input[name=code]:focus').waitFor()
    await expectSound(other)
    await field.fill('123 456')
    await field.press('Enter')
    await other.getByText('That is not right, has run out, or was used before.').waitFor()
    await field.fill(codeOf(secret, 1))
    await field.press('Enter')
    await other.getByText(`You are logged in as ${user.email}.`).waitFor()

    const { page: third } = await openPage()
    await logIn(third, user)
    await third.waitForURL(secondFactorPage)
    await third.getByRole('button', { name: 'Use a recovery code' }).click()
    await third.getByLabel('Recovery code').fill(recoveryCode.toLowerCase())
    await third.getByRole('button', { name: 'Log in' }).click()
    await factorsOf(third).getByText('9 recovery codes are left.').waitFor()
    // It is removed in one window, and in the other one, which still shows it, it is gone.
    await other.reload()
    await factorsOf(other).getByRole('button', { name: 'Remove: Authenticator app' }).waitFor()
    for (const window of [third, other]) {
      await factorsOf(window).getByRole('button', { name: 'Remove: Authenticator app' }).click()
      await window.getByText('It is removed, and not asked for any more.').waitFor()
      await factorsOf(window).getByText('Your password alone opens your account.').waitFor()
    }
  })

  it('sends whoever does not come from a login there, and whoever gives up back', async () => {
    const user = await createUser(payload, ['customer'])
    const { page } = await openPage()
    await page.goto(`${url}/account/second-factor`)
    await page.getByText('No login waits for a second factor here').waitFor()
    await expectSound(page)
    await logIn(page, user)
    await page.getByText(`You are logged in as ${user.email}.`).waitFor()
    await page.goto(`${url}/account/second-factor?redirect=//evil.example`)
    await page.waitForURL(`${url}/account`)
  })
})

describe('a passkey', () => {
  it('is made and shown in German by a consultant', async () => {
    const user = await createUser(payload, ['consultant'])
    const { page } = await openPage({ locale: 'de-DE', viewport: { width: 390, height: 844 } })
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
    await logIn(page, user, 'de')
    await page.getByRole('button', { name: 'Passkey hinzufügen' }).click()
    await page.getByRole('button', { name: 'Passkey anlegen' }).click()
    await keepCodes(page, 'de')
    await factorsOf(page, 'de').getByText('Passkey', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Abmelden', exact: true }).click()
    await page.waitForURL(`${url}/account/login`)
    await page.getByRole('heading', { name: 'Anmelden', exact: true }).waitFor()
    await logIn(page, user, 'de')
    await page.getByRole('heading', { name: 'Ihr zweiter Faktor' }).waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/\b(the|your|with|and|password|log in)\b/i)
    await expectSound(page)
    await page.getByRole('button', { name: 'Mit Ihrem Passkey' }).click()
    await page.getByText(`Sie sind als ${user.email} angemeldet.`).waitFor()
  })
})

describe('a second factor that is demanded', () => {
  it('is set up at the login, which goes on then, or back', async () => {
    const user = await createUser(payload, ['consultant'])
    const secondFactor = { consultantsFrom: new Date(Date.now() - 60_000).toISOString() }
    await payload.updateGlobal({ slug: 'booking-settings', data: { secondFactor } })
    const { page } = await openPage()
    await logIn(page, user)
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    await expectSound(page)
    await page.getByRole('button', { name: 'Back to the login' }).click()
    await page.waitForURL(`${url}/account/login`)
    await page.getByRole('heading', { name: 'Log in', exact: true }).waitFor()
    await logIn(page, user)
    await addApp(page)
    await keepCodes(page)
    await page.getByText(`You are logged in as ${user.email}.`).waitFor()
    await factorsOf(page).getByText('You have to have a second factor, so the last one stays.').waitFor()
    await payload.updateGlobal({ slug: 'booking-settings', data: { secondFactor: { consultantsFrom: null } } })
  })
})
