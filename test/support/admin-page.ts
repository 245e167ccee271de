import type { Payload } from 'payload'
import type { BrowserContextOptions, Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import type { User } from '#payload-types'
import { openPage, type TestPage } from './browser'
import { tokenFor } from './token-for'

/** Before the navigation is alive it is still moving, and a click may hit what is about to be drawn anew. */
export const untilAdminIsAlive = (page: Page): Promise<void> =>
  page.locator('.template-default--nav-hydrated, .template-minimal').first().waitFor()

/** When each page last asked its server something or was answered, and what is still open. */
const asked = new WeakMap<Page, { open: number; last: number }>()

/** What Payload remembers of how somebody likes a page: it does not read the answer, so the browser never says that it is finished. */
const isPreference = (request: Request): boolean => request.url().includes('/payload-preferences/')

const followQuestions = (page: Page): void => {
  const state = { open: 0, last: performance.now() }
  asked.set(page, state)
  const count = (by: 1 | -1) => (request: Request) => {
    if (request.resourceType() !== 'fetch' || isPreference(request)) return
    state.open += by
    state.last = performance.now()
  }
  page.on('request', count(1))
  page.on('requestfinished', count(-1))
  page.on('requestfailed', count(-1))
}

/** Longer than forms and filters of Payload wait before they ask the server what a change means. */
const quiet = 600

/**
 * Until a page of the admin has been told what every change in it means. Payload's forms take a change that is made while they are told of an
 * earlier one for one that they have asked about, and its filters forget it.
 */
export const untilAdminRests = async (page: Page): Promise<void> => {
  const from = performance.now()
  await expect
    .poll(
      () => {
        const { open, last } = asked.get(page) ?? { open: 0, last: 0 }
        return open === 0 && performance.now() - Math.max(from, last) > quiet
      },
      { timeout: 30_000 },
    )
    .toBe(true)
}

/** A page of the admin as somebody who is logged in. */
export const openAdminAs = async (
  { payload, url }: { payload: Payload; url: string },
  user: User,
  path: string,
  options: BrowserContextOptions = {},
): Promise<TestPage> => {
  const opened = await openPage(options)
  await opened.page.context().addCookies([{ name: 'payload-token', value: await tokenFor(payload, user), url }])
  followQuestions(opened.page)
  await opened.page.goto(`${url}/admin${path}`)
  await untilAdminIsAlive(opened.page)
  return opened
}
