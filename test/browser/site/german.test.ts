import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPage } from '../../support/browser'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import { guest, hourIn, iso } from '../../support/fixtures'
import { findTime, goodCard, heading, holdCountdown, openSite, payWith, type SiteWorld, timeIn } from './site-world'

let site: SiteWorld
const zone = 'Europe/Vienna'

beforeAll(async () => {
  site = await openSite()
})

/** Words that German has not. What the world of the tests is called is English. */
const english = /\b(the|your|you|with|and|booking|session|times?|cancel|change|price|we|is|are)\b/i

/** That a page speaks German, all of it, and that its longer words fit a phone. */
const expectGerman = async (page: Page): Promise<void> => {
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  expect((await page.title()).match(english)).toBeNull()
  expect((await page.locator('body').innerText()).match(english)).toBeNull()
  const labels = await page
    .locator('[aria-label], [placeholder], [alt]')
    .evaluateAll((all) =>
      all.map((one) => ['aria-label', 'placeholder', 'alt'].map((name) => one.getAttribute(name) ?? '').join(' ')),
    )
  expect(labels.join('\n').match(english)).toBeNull()
  expect(await overflowOf(page)).toBe(0)
}

describe('whoever prefers German', () => {
  it('finds, books and pays in German, with German dates, amounts and zones', async () => {
    const start = hourIn(6, 9)
    const { page, faults } = await openPage({
      locale: 'de-AT',
      timezoneId: zone,
      viewport: { width: 390, height: 844 },
    })
    await page.goto(site.url)
    await page.getByRole('link', { name: 'Kenji Watanabe' }).waitFor()
    await page.getByText('bis Mitternacht in Wien').waitFor()
    await expectGerman(page)

    const slot = await findTime(page, site, { service: site.paid, start, zone })
    await page.getByText(/in Tokio und Ihnen \d+ Stunden voraus/).waitFor()
    await expectGerman(page)
    await slot.click()
    await holdCountdown(page).waitFor()
    await page.getByRole('button', { name: /^Weiter zur Zahlung von £\s49,99$/ }).click()
    await heading(page, '3 Angaben müssen geändert werden').waitFor()
    const { name, email } = guest()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('E-Mail').first().fill(email)
    expect(await page.getByLabel('Sprache Ihrer E-Mails').inputValue()).toBe('de')
    const question = page.getByLabel('What have you tried?')
    await question.fill('Aus und wieder an')
    // What somebody of this world has asked is English.
    await question.evaluate((field) => {
      const label = document.querySelector(`label[for="${field.id}"]`)?.firstChild
      if (label) label.nodeValue = 'Was haben Sie versucht?'
    })
    await expectGerman(page)
    await page.getByRole('button', { name: /^Weiter zur Zahlung/ }).click()
    await payWith(page, goodCard)

    await heading(page, 'Ihr Termin ist gebucht').waitFor()
    const details = await page.locator('dl').first().innerText()
    expect(details).toContain(`${timeIn(start, zone)} – `)
    expect(details).toMatch(/(Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch/)
    expect(details).toMatch(/£\s49,99/)
    await page.getByText('In den Kalender').click()
    await expectGerman(page)
    expect(await seriousFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('moves and cancels in German', async () => {
    const start = hourIn(9, 9)
    const { json } = await site.api.post('/booking/sessions', {
      consultant: site.consultant.slug,
      serviceType: site.free.slug,
      start: iso(start),
      customer: guest(),
    })
    const { page, faults } = await openPage({
      locale: 'de-AT',
      timezoneId: zone,
      viewport: { width: 390, height: 844 },
    })
    await page.goto(`${site.url}/booking/${json.session.reference}#token=${json.manageToken}`)
    await page.getByRole('button', { name: 'Zeit ändern' }).click()
    await page.getByRole('button', { name: new RegExp(`, ${timeIn(start + 3_600_000, zone)}`) }).click()
    await expectGerman(page)
    await page.getByRole('button', { name: 'Auf diese Zeit verschieben' }).click()
    await page.getByText('Ihre Buchung wurde verschoben auf').waitFor()
    await page.getByRole('button', { name: 'Buchung absagen' }).click()
    await page.getByRole('dialog').getByText('Es wurde nichts berechnet').waitFor()
    await expectGerman(page)
    await page.getByRole('button', { name: 'Ja, absagen' }).click()
    await heading(page, 'Abgesagt').waitFor()
    await expectGerman(page)
    expect(faults).toEqual([])
  })

  it.each([
    ['/request', 'Hilfe anfragen'],
    ['/booking/PY-23456789', 'Wir können diese Buchung nicht öffnen'],
    ['/requests/RQ-23456789', 'Wir können diese Anfrage nicht öffnen'],
    ['/experts/nobody', 'Hier kann man nicht buchen'],
    ['/?q=nobody-at-all', 'Niemand erfüllt das alles'],
    ['/nothing', 'Hier ist nichts'],
  ])('is told in German what stands at %s', async (path, title) => {
    const { page } = await openPage({ locale: 'de-DE', viewport: { width: 390, height: 844 } })
    await page.goto(`${site.url}${path}`)
    await heading(page, title).waitFor()
    await expectGerman(page)
  })
})

describe('another language than the browser’s', () => {
  it('is chosen on any page, which keeps what was typed, and holds for the others and those about logins', async () => {
    const { page, faults } = await openPage()
    const { json } = await site.api.post('/booking/sessions', {
      consultant: site.consultant.slug,
      serviceType: site.free.slug,
      start: iso(hourIn(7, 9)),
      customer: guest(),
    })
    await page.goto(`${site.url}/request`)
    await page.getByLabel('Describe it').fill('It leaks.')
    await page.getByRole('list', { name: 'Language' }).getByRole('button', { name: 'Deutsch' }).click()
    await heading(page, 'Hilfe anfragen').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    expect(await page.getByLabel('Beschreiben Sie es').inputValue()).toBe('It leaks.')
    await page.waitForFunction(() => document.title === 'Hilfe anfragen · Parley')

    const link = `/booking/${json.session.reference}#token=${json.manageToken}`
    await page.goto(site.url + link)
    await heading(page, 'Ihr Termin ist gebucht').waitFor()
    await page.goto(`${site.url}/account/register`)
    await heading(page, 'Konto anlegen').waitFor()
    // The key that opens the booking stays in its address.
    await page.goto(site.url + link)
    await page.getByRole('list', { name: 'Sprache' }).getByRole('button', { name: 'English' }).click()
    await heading(page, 'You are booked').waitFor()
    expect(page.url()).toBe(site.url + link)
    expect(faults.filter((fault) => !fault.includes('401'))).toEqual([])
  })

  it('is another page for caches between', async () => {
    const languageOf = async (headers: Record<string, string>) => {
      const answer = await fetch(site.url, { headers })
      expect(answer.headers.get('vary')).toContain('Accept-Language')
      expect(answer.headers.get('vary')).toContain('Cookie')
      return /<html[^>]*\slang="(\w+)"/.exec(await answer.text())?.[1]
    }
    expect(await languageOf({ 'Accept-Language': 'de' })).toBe('de')
    expect(await languageOf({ 'Accept-Language': 'en' })).toBe('en')
    expect(await languageOf({ 'Accept-Language': 'en', Cookie: 'parley-language=de' })).toBe('de')
  })
})
