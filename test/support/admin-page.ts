import type { Payload } from 'payload'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { User } from '#payload-types'
import { openPage, type TestPage } from './browser'
import { tokenFor } from './token-for'

/** Before the navigation is alive it is still moving, and a click may hit what is about to be drawn anew. */
export const untilAdminIsAlive = (page: Page): Promise<void> =>
  page.locator('.template-default--nav-hydrated, .template-minimal').first().waitFor()

/** A page of the admin as somebody who is logged in. */
export const openAdminAs = async (
  { payload, url }: { payload: Payload; url: string },
  user: User,
  path: string,
  options: BrowserContextOptions = {},
): Promise<TestPage> => {
  const opened = await openPage(options)
  await opened.page.context().addCookies([{ name: 'payload-token', value: await tokenFor(payload, user), url }])
  await opened.page.goto(`${url}/admin${path}`)
  await untilAdminIsAlive(opened.page)
  return opened
}
