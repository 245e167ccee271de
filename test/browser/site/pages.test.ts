import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import { openPage } from '../../support/browser'
import { guest, hourIn, iso } from '../../support/fixtures'
import {
  bookElsewhere,
  findTime,
  heading,
  holdCountdown,
  openForm,
  openSite,
  type SiteWorld,
  submitForm,
} from './site-world'

let site: SiteWorld

beforeAll(async () => {
  site = await openSite()
})

const zone = 'Europe/London'

const bookByApi = async (start: number): Promise<string> => {
  const { json } = await site.api.post('/booking/sessions', {
    consultant: site.consultant.slug,
    serviceType: site.free.slug,
    start: iso(start),
    customer: guest(),
  })
  return `/booking/${json.session.reference}#token=${json.manageToken}`
}

const askByApi = async (): Promise<string> => {
  const { json } = await site.api.post('/booking/requests', {
    serviceType: site.free.slug,
    customer: guest(),
    problem: { description: 'x' },
  })
  return `/requests/${json.request.reference}#token=${json.manageToken}`
}

/** Every kind of page, in the state in which there is most to see. */
const views: Record<string, (page: Page) => Promise<unknown>> = {
  directory: async (page) => {
    await page.goto(site.url)
    await page.getByRole('link', { name: 'Kenji Watanabe' }).waitFor()
  },
  'directory without results': async (page) => {
    await page.goto(`${site.url}/?q=nobody-at-all`)
    await heading(page, 'Nobody fits all of that').waitFor()
  },
  expert: async (page) => {
    await findTime(page, site, { service: site.paid, start: hourIn(6, 9), zone })
    await page.getByRole('button', { name: /Times in/ }).click()
    await page.getByRole('combobox', { name: 'Search for a city or time zone' }).fill('new')
  },
  form: async (page) => {
    await openForm(page, site, { service: site.paid, start: hourIn(7, 9), zone })
    await submitForm(page)
    await page.getByRole('alert').filter({ hasText: 'need a change' }).waitFor()
  },
  'time taken': async (page) => {
    const slot = await findTime(page, site, { service: site.free, start: hourIn(8, 9), zone })
    await bookElsewhere(site, hourIn(8, 9))
    await slot.click()
    await page.getByRole('list', { name: 'Times near by' }).waitFor()
  },
  booking: async (page) => {
    await page.goto(site.url + (await bookByApi(hourIn(9, 9))))
    await heading(page, 'You are booked').waitFor()
    await page.getByText('Add to calendar').click()
    await page.getByRole('button', { name: 'Change the time' }).click()
    await page.locator('.reschedule .slot').nth(1).click()
  },
  'cancel dialog': async (page) => {
    await page.goto(site.url + (await bookByApi(hourIn(10, 9))))
    await page.getByRole('button', { name: 'Cancel the booking' }).click()
    await page.getByRole('dialog').getByText('Nothing was charged').waitFor()
  },
  'booking that cannot be opened': async (page) => {
    await page.goto(`${site.url}/booking/PY-23456789`)
    await heading(page, 'We cannot open this booking').waitFor()
  },
  'request form': async (page) => {
    await page.goto(`${site.url}/request`)
    await page.getByRole('button', { name: 'Send request' }).click()
    await page.getByRole('alert').filter({ hasText: 'need a change' }).waitFor()
  },
  request: async (page) => {
    await page.goto(site.url + (await askByApi()))
    await heading(page, 'Your request').waitFor()
  },
  'confirming an account': async (page) => {
    await page.goto(`${site.url}/account/confirm#token=x`)
    await heading(page, 'Confirm your address').waitFor()
  },
  'link that does nothing any more': async (page) => {
    await page.goto(`${site.url}/account/older-link`)
    await page.getByRole('button', { name: 'Send me a link' }).waitFor()
  },
  'not found': async (page) => {
    await page.goto(`${site.url}/nothing`)
    await heading(page, 'There is nothing here').waitFor()
  },
  'API documentation': async (page) => {
    await page.goto(`${site.url}/docs`)
    await page.getByText('/api/booking/slots').first().waitFor()
    await page.getByRole('button', { name: 'Expand operation' }).first().waitFor()
    expect(await page.getByText('/api/payments/', { exact: false }).count()).toBe(0)
  },
}

const looks = {
  'wide and light': { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  'narrow and dark': { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
} as const

describe('nothing serious for axe, nothing wider than the window, wide and light or narrow and dark', () => {
  it.each(Object.keys(views))('%s', async (view) => {
    const { page, faults } = await openPage()
    for (const [look, { viewport, colorScheme }] of Object.entries(looks)) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      // The first look opens the page, and the window then becomes another one; the page has to follow.
      if (look === 'wide and light') await views[view]?.(page)
      expect(await seriousFaults(page), look).toEqual([])
      expect(await overflowOf(page), look).toBe(0)
    }
    // A page that is not there, or a time that is taken, is meant to be refused; nothing else may fail.
    expect(faults.filter((fault) => !/status of (404|409)/.test(fault))).toEqual([])
  })
})

it.each(['/', '/admin/login'])('a first visit to %s asks for the page once', async (path) => {
  const { page } = await openPage()
  const answer = await page.goto(site.url + path)
  expect(answer?.status()).toBe(200)
  expect(answer?.request().redirectedFrom()).toBeNull()
})

describe('by keyboard alone', () => {
  it('an expert is found and a time is chosen', async () => {
    const { page } = await openPage()
    await page.goto(site.url)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await page.getByRole('link', { name: 'Kenji Watanabe' }).focus()
    await page.keyboard.press('Enter')
    const selected = page.getByRole('radio', { checked: true }).and(page.locator('[data-date]'))
    await selected.waitFor()
    const before = await selected.getAttribute('data-date')
    await selected.focus()
    for (let day = 0; day < 8; day++) await page.keyboard.press('ArrowRight')
    const after = await selected.getAttribute('data-date')
    expect((Date.parse(after ?? '') - Date.parse(before ?? '')) / 86_400_000).toBe(8)
    await page.locator('a[data-start]').first().focus()
    await page.keyboard.press('Enter')
    await holdCountdown(page).waitFor()
  })
})

describe('the visitor’s zone', () => {
  it('can be searched and changed, holds for all pages, and moves no instant', async () => {
    const { page } = await openPage({ timezoneId: 'Europe/London' })
    const start = hourIn(11, 9)
    const slot = await findTime(page, site, { service: site.free, start, zone: 'Europe/London' })
    await slot.waitFor()
    await page.getByRole('button', { name: /Times in London/ }).click()
    await page.getByRole('combobox', { name: 'Search for a city or time zone' }).fill('adelaide')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Times in Adelaide/ }).waitFor()
    const moved = await findTime(page, site, { service: site.free, start, zone: 'Australia/Adelaide' })
    expect(Date.parse((await moved.getAttribute('data-start')) ?? '')).toBe(start)
    await page.goto(site.url)
    await page.getByText('until midnight in Adelaide').waitFor()
  })
})

describe('what leaves the browser', () => {
  it('is no token, neither as referrer nor to another host', async () => {
    const { page } = await openPage()
    const hosts = new Set<string>()
    const referrers = new Set<string>()
    const sent: string[] = []
    page.on('request', (request) => {
      hosts.add(new URL(request.url()).host)
      referrers.add(request.headers()['referer'] ?? '')
      const { authorization: _expected, ...headers } = request.headers()
      sent.push(`${request.url().split('#')[0] ?? ''} ${JSON.stringify(headers)}`)
    })
    const link = await bookByApi(hourIn(12, 9))
    const answer = await page.goto(site.url + link)
    expect(answer?.headers()['referrer-policy']).toBe('no-referrer')
    await heading(page, 'You are booked').waitFor()
    const token = link.split('#token=')[1] ?? 'none'
    expect(sent.join('\n')).not.toContain(token)
    await page.getByRole('link', { name: 'Kenji Watanabe' }).click()
    await heading(page, 'Book a time').waitFor()
    expect([...hosts]).toEqual([new URL(site.url).host])
    expect([...referrers]).toEqual([''])
    expect(sent.join('\n')).not.toContain(token)
    const elsewhere = await fetch(`${site.url}/experts/${site.consultant.slug ?? ''}`)
    expect(elsewhere.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
  })

  it('says once that the mail has arrived, and the address forgets it', async () => {
    const link = await bookByApi(hourIn(12, 13))
    const reference = link.slice('/booking/'.length).split('#')[0] ?? ''
    const [{ arrivalProof }, { settings }] = await Promise.all([
      import('#notifications/render/compose-links'),
      import('#settings'),
    ])
    const customer = async () => {
      const { docs } = await site.payload.find({
        collection: 'scheduled-sessions',
        where: { reference: { equals: reference } },
        depth: 1,
      })
      const found = docs[0]?.customer
      if (typeof found !== 'object' || found === null) throw new Error('The session has no customer.')
      return found
    }
    const { email, emailVerified } = await customer()
    expect(emailVerified).toBe(false)
    const { page } = await openPage()
    const said = page.waitForResponse((response) => response.url().endsWith('/api/booking/addresses/confirm'))
    await page.goto(`${site.url}${link}&mail=${arrivalProof(settings.payloadSecret, reference, email)}`)
    expect((await said).status()).toBe(204)
    await heading(page, 'You are booked').waitFor()
    await page.waitForURL(site.url + link)
    expect((await customer()).emailVerified).toBe(true)
  })

  it.each([
    ['a booking', bookByApi, 'You are booked', hourIn(12, 11)],
    ['a request', askByApi, 'Your request', 0],
  ] as const)(
    'is no token of a link that was mailed before, once the page of %s is open',
    async (_what, make, title, start) => {
      const { page } = await openPage()
      const link = await make(start)
      await page.goto(site.url + link.replace('#', '?'))
      await heading(page, title).waitFor()
      await page.waitForURL(site.url + link)
      // The tab, a reload and the way back all go on without the query.
      await page.reload()
      await heading(page, title).waitFor()
      expect(page.url()).toBe(site.url + link)
    },
  )
})
