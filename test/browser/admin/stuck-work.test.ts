import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { openAdminAs } from '../../support/admin-page'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, createUser } from '../../support/fixtures'
import { book, follow, type MessageWorld, openMessageWorld, work } from '../../support/message-world'
import { startWebProcess } from '../../support/servers'

let world: MessageWorld & { url: string }
let sql: pg.Client
let operations: User
let host: User
let booking: Awaited<ReturnType<typeof book>>

beforeAll(async () => {
  const opened = await openMessageWorld()
  const { payload, database, resend } = opened
  const web = await startWebProcess({
    database,
    env: { RESEND_API_KEY: 're_test', STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_test' },
    pages: true,
  })
  world = { ...opened, url: web.url }
  sql = await connectTo(database)
  operations = await createUser(payload, ['operations'], { name: 'Olivia Operations' })
  const { profile: consultant, user } = await createConsultant(payload)
  host = user
  const serviceType = await createServiceType(payload, [consultant])
  await work(world)
  booking = await book(world, { consultant, serviceType })
  await follow(world)
  resend.control.fail({ kind: 'refuse', to: booking.customer.email, times: 5 })
  await work(world)
  await sql.query(`DELETE FROM graphile_worker._private_jobs`)
  const { rows } = await sql.query(
    `SELECT id FROM graphile_worker.add_job('publish-slots', json_build_object('consultantId', $1::text), max_attempts => 2)`,
    [consultant.id],
  )
  await sql.query(
    `UPDATE graphile_worker._private_jobs SET attempts = 2, last_error = 'Connection terminated unexpectedly' WHERE id = $1`,
    [rows[0].id],
  )
})

/** The alert of docs/operations.md. */
const jobsThatGaveUp = async (): Promise<number> =>
  (await sql.query(`SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE attempts >= max_attempts`)).rows[0].n

describe('what is stuck', () => {
  it('is for staff alone', async () => {
    const { page } = await openAdminAs(world, host, '/operations')
    await page.waitForURL(/unauthorized/)
    expect(await page.getByRole('link', { name: 'What is stuck' }).count()).toBe(0)
    await page.context().clearCookies()
    await page.goto(`${world.url}/admin/operations`)
    await page.waitForURL(/login/)
  })

  it('stands on the dashboard; a mail says why it failed, and arrives once the cause is gone', async () => {
    const { page, faults } = await openAdminAs(world, operations, '')
    const notice = page.getByRole('region', { name: 'Did not work' })
    await notice.getByRole('link', { name: /^1 Jobs?/ }).waitFor()
    await notice.getByRole('link', { name: /^1 Messages?/ }).click()

    const mail = page.getByRole('listitem', { name: /booked|confirmed/i })
    await mail.getByText('Resend refused this mail. As a rule the address does not exist or is mistyped.').waitFor()
    await mail.getByRole('link', { name: booking.reference }).waitFor()
    await mail.getByText('What was noted').click()
    expect(await mail.innerText()).toContain('422 validation_error')
    expect(await mail.innerText()).not.toContain(booking.customer.email)
    const resend = page.locator('[data-provider="resend"]')
    expect(await resend.innerText()).toContain('1 stuck')
    expect(await seriousFaults(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)

    await mail.getByRole('link', { name: booking.customer.name }).click()
    await page.getByRole('textbox', { name: 'Email *' }).fill('grace@right.example')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Updated successfully.').waitFor()

    await page.goto(`${world.url}/admin/operations?search=${booking.reference}`)
    await mail.getByRole('button', { name: /^Try again/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('under the same key as before, so that nobody gets it twice').waitFor()
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Nothing like that is stuck.').waitFor()
    await work(world)
    expect(world.resend.control.emails('grace@right.example')).toHaveLength(1)
    expect(faults).toEqual([])
  })

  it('a job is given up with a reason, which is kept; the alert is green', async () => {
    const { page, faults } = await openAdminAs(world, operations, '/operations?kind=job')
    expect(await jobsThatGaveUp()).toBe(1)
    const job = page.getByRole('listitem', { name: 'Publishing the times of an expert' })
    await job.getByText('The database was away or busy.').waitFor()
    await page.getByRole('checkbox', { name: 'All on this page' }).check()
    await page.getByRole('button', { name: 'Give chosen up' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('where its record still needs it, the worker starts it anew').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The night does it.')
    await dialog.getByRole('button', { name: 'Give up' }).click()
    await page.getByText('Nothing like that is stuck.').waitFor()
    expect(await jobsThatGaveUp()).toBe(0)
    await page.getByRole('link', { name: 'Given up' }).click()
    await job.getByText('“The night does it.”').waitFor()
    expect(await job.innerText()).toContain('Given up by Olivia Operations')
    expect(faults).toEqual([])
  })

  it('fits a phone, in the dark as well', async () => {
    const { page } = await openAdminAs(world, operations, '/operations?shown=given_up', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    })
    await page.getByRole('listitem', { name: 'Publishing the times of an expert' }).waitFor()
    await page.locator('[data-provider="stripe"]').waitFor()
    await expect.poll(() => overflowOf(page)).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
  })
})

describe('storage', () => {
  it('says what the database holds and for how long, and leads to the setting', async () => {
    await sql.query('ANALYZE')
    // Fields are drawn once they are in view.
    const viewport = { width: 1280, height: 9_000 }
    const { page, faults } = await openAdminAs(world, operations, '/storage', { viewport })
    await page.getByRole('heading', { name: 'Storage', level: 1 }).waitFor()
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Messages' }) })
    expect(await row.innerText()).toMatch(/KB[\s\S]*of it indexes[\s\S]*30 days/)
    expect(await page.locator('[data-group="ledger"]').innerText()).toContain('Always. The books')
    expect(await page.getByText('A session takes').count()).toBe(1)
    expect(await seriousFaults(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    await row.getByRole('link', { name: '30 days' }).click()
    await page.getByRole('spinbutton', { name: 'Messages, days' }).waitFor()
    expect(faults).toEqual([])
  })

  it('without its figures says so; it is for staff alone', async () => {
    // As while an upgrade is half done.
    await sql.query('ALTER TABLE parley.work_decisions RENAME COLUMN decided_at TO decided_when')
    try {
      const { page } = await openAdminAs(world, operations, '/storage')
      await page.getByRole('alert').getByText('The sizes could not be read.').waitFor()
    } finally {
      await sql.query('ALTER TABLE parley.work_decisions RENAME COLUMN decided_when TO decided_at')
    }
    const { page } = await openAdminAs(world, host, '/storage')
    await page.waitForURL(/unauthorized/)
    expect(await page.getByRole('link', { name: 'Storage' }).count()).toBe(0)
  })
})
