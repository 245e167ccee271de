import { beforeAll, describe, expect, it } from 'vitest'
import { openPage } from '../../support/browser'
import { hourIn, iso } from '../../support/fixtures'
import {
  bookElsewhere,
  fillForm,
  findTime,
  heading,
  holdCountdown,
  letHoldsRunOut,
  openForm,
  openSite,
  type SiteWorld,
  submitForm,
} from './site-world'

let site: SiteWorld
const zone = 'Europe/London'

beforeAll(async () => {
  site = await openSite()
})

const listedStarts = async (start: number, holdToken = ''): Promise<number[]> => {
  const date = iso(start).slice(0, 10)
  const query = new URLSearchParams({
    consultant: site.consultant.slug ?? '',
    serviceType: site.free.slug ?? '',
    start: date,
    end: date,
    holdToken,
  })
  const { json } = await site.api.get(`/booking/slots?${query}`)
  const slots: { start: string }[] = Object.values<{ start: string }[]>(json.slots).flat()
  return slots.map((slot) => Date.parse(slot.start))
}

const eleven = 11 * 60_000

describe('a time that somebody else takes', () => {
  it('while it is looked at is gone with alternatives near by, one of which can be booked', async () => {
    const start = hourIn(6, 10)
    const { page } = await openPage()
    const slot = await findTime(page, site, { service: site.free, start, zone })
    await bookElsewhere(site, start)
    await slot.click()
    const title = heading(page, 'That time was just taken')
    await title.waitFor()
    expect(await title.evaluate((element) => element === document.activeElement)).toBe(true)

    const alternatives = page.getByRole('list', { name: 'Times near by' }).getByRole('link')
    expect(await alternatives.count()).toBe(6)
    await alternatives.first().click()
    await holdCountdown(page).waitFor()
    await fillForm(page, { service: site.free })
    await submitForm(page)
    await heading(page, 'You are booked').waitFor()
  })

  it('after the hold ran out is gone, and what was typed is kept', async () => {
    const start = hourIn(6, 14)
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start, zone })
    await fillForm(page, { service: site.free })
    await page.getByLabel(/Describe it/).fill('A long story')
    await letHoldsRunOut(site, start)
    await bookElsewhere(site, start)
    await submitForm(page)
    await heading(page, 'That time was just taken').waitFor()
    await page.getByRole('list', { name: 'Times near by' }).getByRole('link').first().click()
    await holdCountdown(page).waitFor()
    expect(await page.getByLabel(/Describe it/).inputValue()).toBe('A long story')
  })
})

describe('a hold', () => {
  it('that ran out is taken again with one button', async () => {
    const start = hourIn(7, 10)
    const { page } = await openPage()
    await page.clock.install()
    await openForm(page, site, { service: site.free, start, zone })
    await page.clock.fastForward(eleven)
    await page.getByText('Your hold ran out').last().waitFor()
    await letHoldsRunOut(site, start)
    await page.getByRole('button', { name: 'Hold it again' }).click()
    await holdCountdown(page).waitFor()
    expect(await listedStarts(start)).not.toContain(start)
  })

  it('is kept while going back, shown as one’s own, and replaced by the next', async () => {
    const first = hourIn(7, 14)
    const second = hourIn(7, 15)
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start: first, zone })
    await page.getByRole('link', { name: 'Choose another time' }).click()
    // On the page before it stands within longer texts.
    await page.locator('a[data-start]').getByText('held for you').waitFor()
    expect(await listedStarts(first)).not.toContain(first)

    await openForm(page, site, { service: site.free, start: second, zone })
    const free = await listedStarts(first)
    expect(free).toContain(first)
    expect(free).not.toContain(second)
  })

  it('is given back when it is released', async () => {
    const start = hourIn(7, 18)
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start, zone })
    await page.goBack()
    await page.getByRole('button', { name: 'Release it' }).click()
    await page.getByText('The time was released.').waitFor({ state: 'attached' })
    await expect.poll(() => listedStarts(start)).toContain(start)
  })

  it('is reused when the form is loaded again', async () => {
    const start = hourIn(7, 20)
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start, zone })
    const holds: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/holds')) holds.push(request.method())
    })
    await page.reload()
    await holdCountdown(page).waitFor()
    expect(holds).toEqual([])
  })
})

describe('the form', () => {
  it('shows faults at their fields and in a summary that has the focus', async () => {
    const { page } = await openPage()
    await openForm(page, site, { service: site.paid, start: hourIn(8, 10), zone })
    await submitForm(page)
    const summary = page.getByRole('alert').filter({ hasText: 'answers need a change' })
    await summary.waitFor()
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await summary.getByRole('link').allTextContents()).toEqual([
      'Name: Please fill this in.',
      'E-mail: Write an e-mail address such as ada@example.com.',
      'What have you tried?: Please fill this in.',
    ])
    await summary.getByRole('link').nth(2).click()
    expect(await page.getByLabel('What have you tried?').evaluate((e) => e === document.activeElement)).toBe(true)
    expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  })

  it('shows the faults that only the server finds at their fields as well', async () => {
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start: hourIn(8, 12), zone })
    await fillForm(page, { service: site.free })
    await page.getByLabel('Name', { exact: true }).fill('Ada \u202Eecalevol')
    await submitForm(page)
    await page.getByRole('alert').filter({ hasText: 'One answer needs a change' }).waitFor()
    const described = await page.getByLabel('Name', { exact: true }).getAttribute('aria-describedby')
    expect(await page.locator(`#${described ?? ''}`).textContent()).toContain('hide or turn around text')
  })

  it('that cannot reach the server books once when it is sent again', async () => {
    const start = hourIn(8, 14)
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start, zone })
    await fillForm(page, { service: site.free })
    const keys: (string | undefined)[] = []
    // The booking is made, but its answer is lost on the way.
    await page.route('**/api/booking/sessions', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length > 1) return route.continue()
      await route.fetch()
      await route.abort('connectionreset')
    })
    await submitForm(page)
    await page.getByText('nothing is done twice').waitFor()
    await submitForm(page)
    await heading(page, 'You are booked').waitFor()
    expect(keys).toHaveLength(2)
    expect(keys[1]).toBe(keys[0])
    const { totalDocs } = await site.payload.count({
      collection: 'scheduled-sessions',
      where: { startsAt: { equals: iso(start) } },
    })
    expect(totalDocs).toBe(1)
  })

  it('says how long to wait when there were too many tries', async () => {
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start: hourIn(8, 16), zone })
    await fillForm(page, { service: site.free })
    await page.route('**/api/booking/sessions', (route) =>
      route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        headers: { 'Retry-After': '30' },
        body: JSON.stringify({ title: 'Too many requests', status: 429, code: 'rate_limited', detail: 'Wait.' }),
      }),
    )
    await submitForm(page)
    await page.getByText(/You can try again in (30|29) seconds/).waitFor()
  })

  it('says that the browser is offline', async () => {
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start: hourIn(8, 18), zone })
    await page.context().setOffline(true)
    await page.getByText('You are offline.').waitFor()
    await page.context().setOffline(false)
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
  })
})

describe('addresses that lead nowhere', () => {
  it('say so and lead on', async () => {
    const { page } = await openPage()
    const missing = await page.goto(`${site.url}/experts/nobody`)
    expect(missing?.status()).toBe(404)
    await heading(page, 'This expert cannot be booked').waitFor()
    await page.goto(`${site.url}/experts/${site.consultant.slug ?? ''}/book?serviceType=gone&start=soon`)
    await heading(page, 'Choose a time first').waitFor()
    const answer = await page.goto(`${site.url}/no/such/page`)
    expect(answer?.status()).toBe(404)
    await heading(page, 'There is nothing here').waitFor()
  })

  it('a time that is not offered leads to times that are', async () => {
    const { page } = await openPage()
    const search = new URLSearchParams({
      serviceType: 'introduction',
      duration: '30',
      start: iso(hourIn(9, 9) + 60_000),
    })
    await page.goto(`${site.url}/experts/${site.consultant.slug ?? ''}/book?${search}`)
    await heading(page, 'That time is not offered').waitFor()
    await page.getByRole('list', { name: 'Times near by' }).getByRole('link').first().waitFor()
  })
})
