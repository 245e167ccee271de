import { statfs } from 'node:fs/promises'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { inject, onTestFinished } from 'vitest'
import { cleanUpLater } from './clean-up'

let opened: Promise<Browser> | undefined

/** Whether shared memory has room for a browser: a Mac has none, and containers may give 64 MB of it. */
const hasSharedMemory = (): Promise<boolean> =>
  statfs('/dev/shm').then(
    ({ bavail, bsize }) => bavail * bsize >= 2 ** 30,
    () => false,
  )

const launch = async (): Promise<Browser> => {
  const { executablePath, env } = inject('chromium')
  const browser = await chromium.launch({
    executablePath,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/tmp', ...env },
    // Playwright has them write to files what they draw for each other.
    ignoreDefaultArgs: (await hasSharedMemory()) ? ['--disable-dev-shm-usage'] : [],
    args: [
      '--headless',
      // Root has no sandbox to offer; every page here is ours.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--disable-sync',
      '--no-pings',
      // Nothing outside of this machine is ever looked up.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  })
  cleanUpLater(() => browser.close())
  return browser
}

export type TestPage = {
  page: Page
  /** Errors of the page's own scripts, and what its policy refused. */ faults: string[]
}

/** A page of a fresh visitor in the browser of this file, closed when the test is over. Set `timezoneId`, `locale`, `viewport` as the test needs. */
export const openPage = async (options: BrowserContextOptions = {}): Promise<TestPage> => {
  const browser = await (opened ??= launch())
  const context = await browser.newContext({ timezoneId: 'Europe/London', locale: 'en-GB', ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { page, faults }
}
