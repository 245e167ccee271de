import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createUser, hourIn, iso } from '../../support/fixtures'
import { connectTo } from '../../support/database'
import { openPage } from '../../support/browser'
import { seriousFaults } from '../../support/browser-checks'
import { runDueJobs } from '../../support/jobs'
import {
  bookElsewhere,
  fillForm,
  goodCard,
  heading,
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
const zone = 'America/New_York'

beforeAll(async () => {
  site = await openSite()
})

const book = async (start: number, service: 'free' | 'paid' = 'free'): Promise<Page> => {
  const { page } = await openPage({ timezoneId: zone })
  await openForm(page, site, { service: site[service], start, zone })
  await fillForm(page, { service: site[service] })
  await submitForm(page)
  if (service === 'paid') await payWith(page, goodCard)
  await heading(page, 'You are booked').waitFor()
  return page
}

/** The button of a time in the picker of the page of a booking. */
const timeButton = (page: Page, start: number) =>
  page.getByRole('button', { name: new RegExp(`, ${timeIn(start, zone)}`) })

describe('changing the time', () => {
  it('moves the session, keeps reference and payment, and frees the old time', async () => {
    const start = hourIn(6, 14)
    const page = await book(start, 'paid')
    const reference = referenceOf(page)
    await page.getByRole('button', { name: 'Change the time' }).click()
    await timeButton(page, start + 3_600_000).click()
    await page.getByRole('button', { name: 'Move it to this time' }).click()
    await page.getByText('Your booking was moved').waitFor()
    expect(await page.locator('dl').first().textContent()).toContain(timeIn(start + 3_600_000, zone))
    expect(await storedSession(site, reference)).toMatchObject({ status: 'scheduled', startsAt: start + 3_600_000 })
    await bookElsewhere(site, start)
  })

  it('to a time that is taken meanwhile keeps the old one', async () => {
    const start = hourIn(7, 14)
    const page = await book(start)
    await page.getByRole('button', { name: 'Change the time' }).click()
    await timeButton(page, start + 3_600_000).click()
    await bookElsewhere(site, start + 3_600_000)
    await page.getByRole('button', { name: 'Move it to this time' }).click()
    await page.getByText('Your present time is kept').waitFor()
    await timeButton(page, start + 3_600_000).waitFor({ state: 'detached' })
    expect((await storedSession(site, referenceOf(page))).startsAt).toBe(start)
  })
})

describe('cancelling', () => {
  it('shows the refund before, does it, and shows it after', async () => {
    const page = await book(hourIn(8, 14), 'paid')
    await page.getByRole('button', { name: 'Cancel the booking' }).click()
    const dialog = page.getByRole('dialog', { name: 'Cancel this booking?' })
    await dialog.getByText('You get £49.99 back.').waitFor()
    const other = await page.context().newPage()
    // As its mail leads there.
    const token = await page.evaluate((key) => sessionStorage.getItem(key), `parley.token.${referenceOf(page)}`)
    await other.goto(
      `${new URL(page.url()).origin}/booking/${referenceOf(page)}#token=${JSON.parse(token ?? '""') as string}`,
    )
    await other.getByRole('button', { name: 'Cancel the booking' }).click()
    await other.getByRole('dialog').getByText('You get £49.99 back.').waitFor()
    await dialog.getByLabel(/Reason/).fill('Found the fault')
    await dialog.getByRole('button', { name: 'Yes, cancel it' }).click()
    await page.getByText('£49.99 will be returned to you').waitFor()
    await heading(page, 'Cancelled').waitFor()
    // Pressed again elsewhere, it says the same: that is what was wanted, and what happened.
    await other.getByRole('button', { name: 'Yes, cancel it' }).click()
    await other.getByText('£49.99 will be returned to you').waitFor()
    await runDueJobs(site.payload, site.database, { only: ['run-refund', 'process-stripe-event', 'settle-payment'] })
    await page.getByText('Refunded: £49.99').waitFor()
  })

  it('says so when nothing goes back', async () => {
    const page = await book(hourIn(0, new Date().getUTCHours() + 3), 'paid')
    await page.getByRole('button', { name: 'Cancel the booking' }).click()
    await page.getByRole('dialog').getByText('You get nothing back.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await storedSession(site, referenceOf(page))).status).toBe('scheduled')
  })
})

describe('a review', () => {
  it('is written once after the session, by keyboard', async () => {
    const start = hourIn(9, 14)
    const page = await book(start)
    const reference = referenceOf(page)
    const client = await connectTo(site.database)
    await client.query(
      `UPDATE scheduled_sessions SET status = 'completed', starts_at = starts_at - interval '20 days',
       ends_at = ends_at - interval '20 days' WHERE reference = $1`,
      [reference],
    )
    // As its mail leads there.
    await page.goto(`${page.url()}&view=review`)
    await page.reload()
    await heading(page, 'How was it?').waitFor()
    await page.locator('#review-heading:focus').waitFor()
    await page.getByRole('button', { name: 'Send review' }).click()
    await page.getByRole('alert').filter({ hasText: 'Choose one to five stars' }).waitFor()
    await page.keyboard.press('Space')
    for (let star = 1; star < 4; star++) await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('radio', { name: '4 stars' }).isChecked()).toBe(true)
    await page.getByLabel(/What would you tell others/).fill('Clear and kind.')
    await page.getByRole('radio', { name: '10' }).check({ force: true })
    await page.getByRole('button', { name: 'Send review' }).click()
    await page.getByText('Thank you for your review.').waitFor()
    await heading(page, 'How was it?').waitFor({ state: 'detached' })
    const { docs } = await site.payload.find({ collection: 'reviews', depth: 0 })
    expect(docs).toMatchObject([{ rating: 4, reviewText: 'Clear and kind.', npsScore: 10 }])
  })
})

describe('a request', () => {
  it('is asked, answered with times, and one of them is taken', async () => {
    const { page } = await openPage({ timezoneId: zone })
    await page.goto(`${site.url}/request?expert=${site.consultant.slug ?? ''}&service=introduction`)
    await page.getByLabel('Describe it').fill('How do I begin?')
    await fillForm(page, { service: site.free })
    await page.getByRole('button', { name: 'Send request' }).click()
    await heading(page, 'Your request').waitFor()
    const reference = referenceOf(page)

    const start = hourIn(10, 14)
    const operations = await site.api.as(await createUser(site.payload, ['operations']))
    const proposed = await operations.post(`/booking/requests/${reference}/propose`, { times: [iso(start)] })
    expect(proposed.status, proposed.text).toBe(200)
    await page.reload()
    await heading(page, 'Proposed times').waitFor()
    expect(
      await page
        .getByRole('listitem')
        .filter({ hasText: timeIn(start, zone) })
        .count(),
    ).toBe(1)
    await page.getByRole('button', { name: /Take this time/ }).click()
    await heading(page, 'You are booked').waitFor()
    expect(await storedSession(site, referenceOf(page))).toMatchObject({ status: 'scheduled', startsAt: start })
  })

  it('can be given up', async () => {
    const { page } = await openPage({ timezoneId: zone })
    await page.goto(`${site.url}/request?service=introduction`)
    await page.getByLabel('Describe it').fill('How do I begin?')
    await fillForm(page, { service: site.free })
    await page.getByRole('button', { name: 'Send request' }).click()
    await page.getByRole('button', { name: 'Cancel the request' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, cancel it' }).click()
    await page.getByText('It was cancelled as you wished.').waitFor()
  })
})

describe('that the expert did not come', () => {
  const begun = async (attended: 'nobody' | 'consultant') => {
    const page = await book(hourIn(11, attended === 'nobody' ? 15 : 16))
    const reference = referenceOf(page)
    expect(await page.getByRole('button', { name: 'The expert did not come' }).count()).toBe(0)
    const client = await connectTo(site.database)
    await client.query(
      `UPDATE scheduled_sessions SET starts_at = now() - interval '20 minutes', ends_at = now() + interval '10 minutes',
         attendance_consultant_joined_at = CASE WHEN $2 = 'consultant' THEN now() - interval '19 minutes' END
       WHERE reference = $1`,
      [reference, attended],
    )
    await page.reload()
    await page.getByRole('button', { name: 'The expert did not come' }).click()
    return page
  }

  it('is said with what follows, and recorded at once where nothing speaks against it', async () => {
    const page = await begun('nobody')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('If nothing speaks against it, it counts at once').waitFor()
    expect(await seriousFaults(page, { within: 'dialog' })).toEqual([])
    await dialog.getByRole('button', { name: 'Do not report it' }).click()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('button', { name: 'The expert did not come' }).click()
    await dialog.getByRole('button', { name: 'Report it', exact: true }).click()
    await page.getByText('It is recorded that the expert did not come.').waitFor()
    expect(await page.getByRole('button', { name: 'The expert did not come' }).count()).toBe(0)
  })

  it('is a claim where something does, which the customer can take back once and for all', async () => {
    const page = await begun('consultant')
    await page.getByRole('dialog').getByLabel('What happened?').fill('I was alone.')
    await page.getByRole('dialog').getByRole('button', { name: 'Report it', exact: true }).click()
    await page.getByText('We have your report, and look into it.').waitFor()
    const panel = page.getByRole('region', { name: /You told us that .* did not come/ })
    await panel.getByText('I was alone.').waitFor()
    expect(await page.getByRole('button', { name: 'The expert did not come' }).count()).toBe(0)
    await panel.getByRole('button', { name: 'Take this back' }).click()
    await page.getByText('You have taken it back.').waitFor()
    expect(await page.getByRole('button', { name: 'The expert did not come' }).count()).toBe(0)
  })
})

describe('a claim that the customer did not come', () => {
  it('is answered on the page, once, and says what was decided', async () => {
    const page = await book(hourIn(11, 14))
    const reference = referenceOf(page)
    const client = await connectTo(site.database)
    const { rows } = await client.query<{ id: string }>(
      `UPDATE scheduled_sessions SET starts_at = now() - interval '20 minutes', ends_at = now() + interval '10 minutes',
         attendance_customer_joined_at = now() - interval '19 minutes'
       WHERE reference = $1 RETURNING id`,
      [reference],
    )
    const [{ reportNoShow }, { decideClaim }, { withTransaction }] = await Promise.all([
      import('#sessions/no-show/report-no-show'),
      import('#sessions/no-show/settle-claim'),
      import('#database/transactions'),
    ])
    const sessionId = rows[0]?.id ?? ''
    const actor = { role: 'consultant' as const, id: null }
    const statement = 'I waited for a quarter of an hour.'
    await withTransaction(site.payload, (req) =>
      reportNoShow(req, { sessionId, missing: 'customer', actor, statement }),
    )
    await page.reload()
    const panel = page.getByRole('region', { name: /says that you did not come/ })
    await panel.getByText(statement).waitFor()
    await panel.getByRole('button', { name: 'Send the answer' }).click()
    await panel.getByText('Please fill this in.').waitFor()
    await panel.getByLabel('How was it?').fill('I was in the room all the time.')
    expect(await seriousFaults(page, { within: '.booking' })).toEqual([])
    await panel.getByRole('button', { name: 'Send the answer' }).click()
    await page.getByText('Thank you. We have your answer.').waitFor()
    await panel.getByText('I was in the room all the time.').waitFor()
    expect(await panel.getByRole('button').count()).toBe(0)
    await withTransaction(site.payload, (req) =>
      decideClaim(req, {
        sessionId,
        actor: { role: 'operations', id: null },
        decision: 'rejected',
        reason: 'You were there.',
      }),
    )
    await page.reload()
    await panel.getByText('You were there.').waitFor()
  })
})
