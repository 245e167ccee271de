import { beforeAll, expect, it } from 'vitest'
import { openAdminAs } from '../../support/admin-page'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import { connectTo } from '../../support/database'
import { recordPaidSession } from '../../support/money-records'
import { type AdminWorld, openAdmin } from './admin-world'

let world: AdminWorld

beforeAll(async () => {
  world = await openAdmin()
})

/** The customer of a session that was held yesterday says that the consultant was not there, who was. */
const openClaim = async (statement: string) => {
  const { payload, consultant, customer, serviceType } = world
  const yesterday = Date.now() - 86_400_000
  const { session } = await recordPaidSession(payload, {
    ...{ consultant, customer, serviceType },
    amount: 12_000,
    currency: 'GBP',
    startsAt: yesterday,
    paidAt: yesterday,
  })
  const client = await connectTo(world.database)
  await client.query(
    `UPDATE scheduled_sessions SET attendance_consultant_joined_at = starts_at + interval '2 minutes',
       price_cancellation_policy = '{"refundableBeforeHours": 24, "refundPercentage": 100}' WHERE id = $1`,
    [session.id],
  )
  const [{ reportNoShow }, { withTransaction }] = await Promise.all([
    import('#sessions/no-show/report-no-show'),
    import('#database/transactions'),
  ])
  const actor = { role: 'customer' as const, id: customer.id }
  const outcome = await withTransaction(payload, (req) =>
    reportNoShow(req, { sessionId: session.id, missing: 'consultant', actor, statement }),
  )
  expect(outcome).toBe('claim')
  const where = { scheduledSession: { equals: session.id } }
  const [claim] = (await payload.find({ collection: 'no-show-claims', where, depth: 0 })).docs
  if (!claim) throw new Error('There is no claim.')
  const claimNow = () => payload.findByID({ collection: 'no-show-claims', id: claim.id, depth: 0 })
  const sessionNow = () => payload.findByID({ collection: 'scheduled-sessions', id: session.id, depth: 0 })
  return { claim, session, claimNow, sessionNow }
}

it('operations come from the overview to a claim, read both sides and what would follow, and grant it', async () => {
  const { claim, claimNow, sessionNow } = await openClaim('I was alone in the room.')
  const { page, faults } = await openAdminAs(world, world.operations, '/money')
  const waiting = page.getByRole('region', { name: 'No-show claims to decide' })
  await waiting.getByRole('link', { name: `Consultant did not come? · ${claim.reference}` }).click()
  const panel = page.getByRole('region', { name: 'This claim' })
  await panel.getByText('Customer says that the consultant did not come').waitFor()
  await panel.getByText('I was alone in the room.').waitFor()
  await panel.getByText('The consultant was in the room.').waitFor()
  await panel.getByText('The customer gets £120.00 back, the consultant keeps £0.00.').waitFor()
  expect(await seriousFaults(page, { within: '.parley-panel' })).toEqual([])
  expect(await overflowOf(page)).toBe(0)
  await panel.getByRole('button', { name: 'Grant' }).click()
  const dialog = page.getByRole('dialog').filter({ hasText: 'Grant this claim?' })
  await dialog.getByLabel('Reason').fill('The recording shows an empty room.')
  await dialog.getByRole('button', { name: 'Grant it' }).click()
  await page.getByText('Granted. Both sides are told.').waitFor()
  await expect.poll(async () => (await claimNow()).status).toBe('granted')
  expect((await claimNow()).decisionReason).toBe('The recording shows an empty room.')
  expect((await sessionNow()).status).toBe('no_show_consultant')
  expect(faults).toEqual([])
})

it('a consultant answers beside the session, and operations reject', async () => {
  const { session, claim, claimNow, sessionNow } = await openClaim('Nobody spoke to me.')
  const own = await openAdminAs(world, world.host, `/collections/scheduled-sessions/${session.id}`)
  const beside = own.page.getByRole('region', { name: 'This session' })
  await beside.getByText('Nobody spoke to me.').waitFor()
  await beside.getByRole('button', { name: 'Answer the claim' }).click()
  const dialog = own.page.getByRole('dialog').filter({ hasText: 'How was it?' })
  await dialog.getByLabel('Your answer').fill('We spoke for half an hour.')
  await dialog.getByRole('button', { name: 'Send the answer' }).click()
  await own.page.getByText('Sent. Operations decide.').waitFor()
  expect((await claimNow()).answer).toBe('We spoke for half an hour.')
  expect(await own.page.getByRole('button', { name: 'Grant' }).count()).toBe(0)

  const { page } = await openAdminAs(world, world.operations, `/collections/no-show-claims/${claim.id}`)
  const panel = page.getByRole('region', { name: 'This claim' })
  await panel.getByText('We spoke for half an hour.').waitFor()
  await panel.getByRole('button', { name: 'Reject' }).click()
  const reject = page.getByRole('dialog').filter({ hasText: 'Reject this claim?' })
  await reject.getByLabel('Reason').fill('Both were there.')
  await reject.getByRole('button', { name: 'Reject it' }).click()
  await page.getByText('Rejected. Both sides are told.').waitFor()
  expect((await claimNow()).status).toBe('rejected')
  expect((await sessionNow()).status).toBe('completed')
})

it('the list begins with what is to be decided, also where its deadline is the latest', async () => {
  const { claim } = await openClaim('The line was dead.')
  const { page } = await openAdminAs(world, world.operations, '/collections/no-show-claims')
  const rows = page.locator('tbody tr')
  await rows.nth(2).waitFor()
  expect(await rows.first().innerText()).toContain(claim.reference)
  expect(await rows.first().innerText()).toContain('Open')
  expect(await overflowOf(page)).toBe(0)
})
