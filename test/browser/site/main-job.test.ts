import { readFile } from 'node:fs/promises'
import { createChallenge, verifySolution } from 'altcha-lib/v1'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPage } from '../../support/browser'
import { seriousFaults } from '../../support/browser-checks'
import { createServiceType, guest, hourIn } from '../../support/fixtures'
import {
  declinedCard,
  fillForm,
  findTime,
  goodCard,
  heading,
  holdCountdown,
  openForm,
  openSite,
  payWith,
  referenceOf,
  type SiteWorld,
  storedSession,
  submitForm,
  timeIn,
} from './site-world'

let site: SiteWorld

beforeAll(async () => {
  site = await openSite()
})

/** One behind UTC and one ahead by a half-hour offset; at that moment both have another date than the expert or UTC. */
const visitors = [
  { zone: 'America/New_York', reported: 'America/New_York', start: hourIn(6, 2) },
  // Chromium goes by the older name of this zone.
  { zone: 'Asia/Kolkata', reported: 'Asia/Calcutta', start: hourIn(7, 20) },
]

describe.each(visitors)('a visitor in $zone', ({ zone, reported, start }) => {
  it('goes from the directory to a paid and confirmed session', async () => {
    const { page, faults } = await openPage({ timezoneId: zone })
    await page.goto(site.url)
    await page.getByRole('searchbox').fill('distributed')
    await page.getByRole('link', { name: 'Kenji Watanabe' }).click()
    await heading(page, 'Book a time').waitFor()
    await page.getByRole('combobox', { name: 'Service' }).selectOption({ label: 'Quick call' })
    await page.getByText('£49.99').first().waitFor()

    const slot = await findTime(page, site, { service: site.paid, start, zone })
    expect(await slot.textContent()).toContain(timeIn(start, zone))
    expect(await slot.textContent()).toContain(`${timeIn(start, 'Asia/Tokyo')} there`)
    await slot.click()
    await holdCountdown(page).waitFor()
    const summary = page.getByRole('complementary', { name: 'Your booking' })
    expect(await summary.textContent()).toContain(timeIn(start, zone))
    expect(await summary.textContent()).toContain(`In Tokyo`)

    await fillForm(page, { service: site.paid })
    await page.getByLabel(/Describe it/).fill('Our queue grows.')
    await submitForm(page)
    await payWith(page, goodCard)
    await heading(page, 'You are booked').waitFor()

    expect(await page.getByRole('link', { name: 'Join the meeting' }).getAttribute('href')).toContain('/join?key=')
    expect(await page.locator('dl').first().textContent()).toContain(timeIn(start, zone))
    expect(await page.locator('dl').first().textContent()).toContain('Paid')
    expect(await storedSession(site, referenceOf(page))).toEqual({
      status: 'scheduled',
      startsAt: start,
      timeZone: reported,
    })
    expect(faults).toEqual([])
  })
})

describe('a free service', () => {
  it('is confirmed at once, and the page opens again from its link alone', async () => {
    const start = hourIn(8, 9)
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start, zone: 'Europe/London' })
    await fillForm(page, { service: site.free })
    await submitForm(page)
    await heading(page, 'You are booked').waitFor()
    const link = page.url()

    const { page: other } = await openPage({ timezoneId: 'Asia/Kathmandu' })
    await other.goto(link)
    await heading(other, 'You are booked').waitFor()
    expect(await other.locator('dl').first().textContent()).toContain(timeIn(start, 'Asia/Kathmandu'))

    const { page: stranger } = await openPage()
    await stranger.goto(link.replace(/token=.*/, 'token=wrong'))
    await heading(stranger, 'We cannot open this booking').waitFor()
  })

  it('waits for the mailed link where its service says so, and is agreed by the button behind it', async () => {
    const service = await createServiceType(site.payload, [site.consultant], { confirmsEmail: 'everybody' })
    const { page } = await openPage()
    await openForm(page, site, { service, start: hourIn(8, 13), zone: 'Europe/London' })
    const { name, email } = guest()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('E-mail').first().fill(email)
    await submitForm(page)
    await heading(page, 'One step left: confirm your booking').waitFor()
    await page.getByText('We have sent you an e-mail.').waitFor()
    const confirm = (on: typeof page) => on.getByRole('button', { name: 'Confirm the booking' })
    expect(await confirm(page).count()).toBe(0)
    const reference = referenceOf(page)

    const { page: mailed } = await openPage()
    const [{ settings }, { composeSessionLinks }] = await Promise.all([
      import('#settings'),
      import('#notifications/render/compose-links'),
    ])
    const { manage } = composeSessionLinks(
      { serverUrl: site.url, secret: settings.payloadSecret },
      { id: '', reference },
      { audience: 'customer', mailTo: email },
    )
    await mailed.goto(manage ?? '')
    await confirm(mailed).waitFor()
    // Opening it, and loading it anew without the proof in its address, agree to nothing.
    await mailed.reload()
    await confirm(mailed).waitFor()
    expect((await storedSession(site, reference)).status).toBe('pending_confirmation')
    expect(await seriousFaults(mailed)).toEqual([])
    await confirm(mailed).click()
    await heading(mailed, 'You are booked').waitFor()
    await mailed.getByText('Thank you. Your booking is confirmed.').waitFor()
    expect((await storedSession(site, reference)).status).toBe('scheduled')
  })

  it('is confirmed in two windows: the second one sees that it is', async () => {
    const service = await createServiceType(site.payload, [site.consultant], { confirmsEmail: 'everybody' })
    const { page } = await openPage()
    await openForm(page, site, { service, start: hourIn(8, 17), zone: 'Europe/London' })
    const { name, email } = guest()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('E-mail').first().fill(email)
    await submitForm(page)
    await heading(page, 'One step left: confirm your booking').waitFor()
    const [{ settings }, { composeSessionLinks }] = await Promise.all([
      import('#settings'),
      import('#notifications/render/compose-links'),
    ])
    const { manage } = composeSessionLinks(
      { serverUrl: site.url, secret: settings.payloadSecret },
      { id: '', reference: referenceOf(page) },
      { audience: 'customer', mailTo: email },
    )
    const windows = [(await openPage()).page, (await openPage()).page]
    const button = (on: typeof page) => on.getByRole('button', { name: 'Confirm the booking' })
    for (const window of windows) {
      await window.goto(manage ?? '')
      await button(window).waitFor()
    }
    for (const window of windows) {
      await button(window).click()
      await window.getByText('Thank you. Your booking is confirmed.').waitFor()
      await heading(window, 'You are booked').waitFor()
      expect(await heading(window, 'That did not work').count()).toBe(0)
    }
  })

  it('goes on after a challenge, which the device of the visitor solves beside the page', async () => {
    const { page, faults } = await openPage()
    const hmacKey = 'of this test'
    const challenge = await createChallenge({ hmacKey, maxnumber: 60_000, number: 50_000 })
    const sent: (string | undefined)[] = []
    await page.route('**/api/booking/holds', async (route) => {
      const solution = route.request().headers()['parley-challenge']
      sent.push(solution)
      if (solution) return route.continue()
      const body = { code: 'challenge_required', status: 429, title: 'Solve a challenge first', detail: '', challenge }
      return route.fulfill({ status: 429, contentType: 'application/problem+json', body: JSON.stringify(body) })
    })
    const slot = await findTime(page, site, { service: site.free, start: hourIn(8, 15), zone: 'Europe/London' })
    await slot.click()
    await holdCountdown(page).waitFor()
    expect(sent).toEqual([undefined, expect.any(String)])
    expect(await verifySolution(sent[1] ?? '', hmacKey)).toBe(true)
    // The refusal that began it is all that the browser complains of.
    expect(faults.filter((fault) => !fault.includes('429'))).toEqual([])
  })

  it('hands out a calendar file', async () => {
    const start = hourIn(8, 11)
    const { page } = await openPage()
    await openForm(page, site, { service: site.free, start, zone: 'Europe/London' })
    await fillForm(page, { service: site.free })
    await submitForm(page)
    await page.getByText('Add to calendar').click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Calendar file (.ics)' }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`${referenceOf(page)}.ics`)
    const google = await page.getByRole('link', { name: 'Google Calendar' }).getAttribute('href')
    const utc = new Date(start).toISOString().replaceAll(/[-:]|\.\d+/g, '')
    expect(new URL(google ?? '').searchParams.get('dates')).toMatch(new RegExp(`^${utc}/`))
  })
})

describe('a payment', () => {
  it('that is declined and given up leaves the booking to be paid from its page', async () => {
    const start = hourIn(9, 10)
    const { page } = await openPage()
    await openForm(page, site, { service: site.paid, start, zone: 'Europe/London' })
    await fillForm(page, { service: site.paid })
    await submitForm(page)
    await payWith(page, declinedCard)
    await page.getByRole('alert').filter({ hasText: 'declined' }).waitFor()
    await page.getByRole('link', { name: 'Cancel and go back' }).click()

    await page.getByText('The payment was not completed').waitFor()
    const reference = referenceOf(page)
    expect((await storedSession(site, reference)).status).toBe('pending_payment')
    await page.getByRole('button', { name: 'Pay £49.99' }).click()
    await payWith(page, goodCard)
    await heading(page, 'You are booked').waitFor()
    expect(referenceOf(page)).toBe(reference)
  })

  it('has an invoice, whose address is sent without the token', async () => {
    const { page } = await openPage()
    await openForm(page, site, { service: site.paid, start: hourIn(9, 14), zone: 'Europe/London' })
    await fillForm(page, { service: site.paid })
    await submitForm(page)
    await payWith(page, goodCard)
    await heading(page, 'You are booked').waitFor()
    const asked = page.waitForRequest((request) => request.url().includes('/invoice.pdf'))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Invoice (PDF)' }).click(),
    ])
    expect(new URL((await asked).url()).search).toBe('')
    expect(download.suggestedFilename()).toMatch(/^PM-\w+\.pdf$/)
    expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('goes on from its page after the browser’s back button, not from the form', async () => {
    const start = hourIn(9, 12)
    const { page } = await openPage()
    await openForm(page, site, { service: site.paid, start, zone: 'Europe/London' })
    await fillForm(page, { service: site.paid })
    await submitForm(page)
    await page.getByLabel('Card number').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Pay £49.99' }).waitFor()
    expect(page.url()).toContain('/booking/')
  })
})
