import { beforeAll, describe, expect, it } from 'vitest'
import { openAdminAs, untilAdminRests } from '../../support/admin-page'
import type { TestPage } from '../../support/browser'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import {
  asStaff,
  book,
  type CalendarWorld,
  createExpert,
  entriesOf,
  type Expert,
  openCalendarWorld,
  poll,
  work,
} from '../../support/calendar-world'
import { alwaysOpen, hourIn, iso } from '../../support/fixtures'
import { startWebProcess } from '../../support/servers'

let world: CalendarWorld
let url: string
let expert: Expert

const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = {
  GOOGLE_CLIENT_ID: 'parley-test.apps.googleusercontent.com',
  GOOGLE_CLIENT_SECRET: 'GOCSPX-test',
}

beforeAll(async () => {
  world = await openCalendarWorld()
  const env = { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_API_BASE: world.google.url }
  ;({ url } = await startWebProcess({ database: world.database, env, pages: true }))
  expert = await createExpert(world)
})

const open = (who: Expert['user'], path: string): Promise<TestPage> =>
  openAdminAs({ payload: world.payload, url }, who, path)

describe('“My calendar” in the admin', () => {
  it('connects a Google calendar through the consent page, lets its owner choose, and shows how far it is', async () => {
    const family = world.google.control.addCalendar({ owner: expert.email, summary: 'Family' })
    const busy = hourIn(5)
    world.google.control.addEvent(family, { start: iso(busy), end: iso(busy + 3_600_000) })
    const { page, faults } = await open(expert.user, '/my-calendar')
    await page.getByRole('link', { name: 'Connect a Google calendar' }).click()
    await page.getByRole('radio', { name: expert.email }).check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Connected. Your calendar is read now').waitFor()
    await work(world)
    // What is under way is asked for again by itself.
    const card = page.getByRole('region', { name: `Google Calendar: ${expert.email}` })
    await card.getByRole('checkbox', { name: 'Family blocks time' }).check()
    await card.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. What is new is read now').first().waitFor()
    await work(world)
    await card
      .getByRole('row', { name: /Family/ })
      .getByText(/^read/)
      .waitFor()
    expect(await card.getByRole('checkbox', { name: 'Family blocks time' }).isChecked()).toBe(true)
    expect(await seriousFaults(page, { within: '.parley-calendar' })).toEqual([])
    expect(faults).toEqual([])
  })

  it('shows what is to be decided, with a button for each answer', async () => {
    const start = hourIn(7)
    const session = await book(world, expert, start)
    await work(world)
    const [entry] = entriesOf(world, expert)
    world.google.control.moveEvent(expert.email, entry?.id ?? '', {
      start: iso(start + 3_600_000),
      end: iso(start + 5_400_000),
    })
    await poll(world, expert)
    const { page } = await open(expert.user, '/my-calendar')
    expect(await seriousFaults(page, { within: '.parley-calendar' })).toEqual([])
    await page.getByRole('button', { name: `Propose the new time: ${session.reference}` }).waitFor()
    await page.getByRole('button', { name: `Put it back: ${session.reference}` }).click()
    await page.getByText('It will be back in the calendar in a moment.').first().waitFor()
    await work(world)
    expect(entriesOf(world, expert)).toMatchObject([{ id: entry?.id, start }])
  })

  it('shows operations why an expert offers no times', async () => {
    world.google.control.withdrawAccess(expert.email)
    await poll(world, expert)
    await asStaff(world)
    const { docs } = await world.payload.find({ collection: 'users', where: { roles: { in: ['operations'] } } })
    const { page } = await open(docs[0] ?? expert.user, `/my-calendar?consultant=${expert.profile.slug}`)
    await page.getByText('Must be connected again').first().waitFor()
  })

  it('disconnects after asking', async () => {
    const { page } = await open(expert.user, '/my-calendar')
    await page.getByRole('button', { name: 'Disconnect' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click()
    await page.getByText('Disconnected.').first().waitFor()
    await page.getByRole('region', { name: /Google Calendar:/ }).waitFor({ state: 'detached' })
  })
})

describe('a schedule that is edited', () => {
  it('shows the next weeks as they would be, before it is saved', async () => {
    const { profile, user } = await createExpert(world)
    const hours = { startTime: '09:00', endTime: '17:00', enabled: true }
    await world.payload.update({
      collection: 'consultant-profiles',
      id: profile.id,
      data: {
        _status: 'published',
        availability: {
          ...alwaysOpen,
          workingHours: Object.fromEntries(Object.keys(alwaysOpen.workingHours).map((day) => [day, hours])),
        },
      },
    })
    const other = hourIn(4)
    const slots = [{ startTime: '19:00', endTime: '20:00' }]
    await world.payload.create({
      collection: 'availability-schedules',
      data: {
        consultant: profile.id,
        name: 'Evening',
        type: 'custom',
        dateExceptions: [{ date: iso(other), isAvailable: true, slots }],
      },
    })
    const edited = hourIn(6)
    const { id } = await world.payload.create({
      collection: 'availability-schedules',
      data: {
        consultant: profile.id,
        name: 'One-off',
        type: 'custom',
        dateExceptions: [{ date: iso(edited), isAvailable: true, slots: [{ startTime: '14:00', endTime: '16:00' }] }],
      },
    })
    const { page, faults } = await openAdminAs(
      { payload: world.payload, url },
      user,
      `/collections/availability-schedules/${id}`,
      { timezoneId: 'America/New_York', viewport: { width: 768, height: 1_024 } },
    )
    const weeks = page.getByRole('region', { name: 'The next weeks' })
    const dayOf = (instant: number) =>
      new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
        instant,
      )
    const row = (instant: number) => weeks.getByRole('row', { name: new RegExp(`^${dayOf(instant)}\\b`) })
    await row(edited).getByText('14:00–16:00').waitFor()
    await row(edited).getByText('Exception in this schedule').waitFor()
    await row(other).getByText('19:00–20:00').waitFor()
    await row(other).getByText('Exception in “Evening”').waitFor()
    await row(hourIn(5)).getByText('09:00–17:00').waitFor()
    await row(hourIn(5)).getByText('Working hours').waitFor()
    expect(await seriousFaults(page, { within: '.parley-schedule-preview' })).toEqual([])
    expect(await overflowOf(page)).toBe(0)

    await untilAdminRests(page)
    await page.locator('#field-dateExceptions__0__slots__0__endTime').fill('15:30')
    await row(edited).getByText('14:00–15:30').waitFor()
    await page.locator('#field-isActive').uncheck()
    await row(edited).getByText('09:00–17:00').waitFor()
    expect(faults).toEqual([])
  })
})

describe('time that is closed over a session', () => {
  it('says which session it is while an absence, a schedule or a block is written', async () => {
    const owner = await createExpert(world)
    const start = hourIn(8)
    const { reference } = await book(world, owner, start)
    const typed = (instant: number) => {
      const date = new Date(instant)
      return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`
    }
    const dayMs = 86_400_000
    const pageOf = async (path: string) => {
      const { page, faults } = await openAdminAs({ payload: world.payload, url }, owner.user, path, {
        timezoneId: 'UTC',
      })
      await untilAdminRests(page)
      return { page, faults, link: page.getByRole('link', { name: reference }) }
    }
    const fill = async (page: TestPage['page'], field: string, text: string) => {
      const input = page.locator(`#field-${field} input`)
      await input.fill(text)
      await input.press('Enter')
      await input.press('Escape')
    }

    const profile = await pageOf(`/collections/consultant-profiles/${owner.profile.id}`)
    await profile.page.getByRole('main').getByRole('button', { name: 'Availability', exact: true }).click()
    await profile.page.getByRole('button', { name: /Add Unavailable date/i }).click()
    await untilAdminRests(profile.page)
    await fill(profile.page, 'availability__unavailableDates__0__date', typed(start - 2 * dayMs))
    expect(await profile.link.count()).toBe(0)
    await fill(profile.page, 'availability__unavailableDates__0__lastDate', typed(start + dayMs))
    await profile.link.waitFor()
    expect(await seriousFaults(profile.page, { within: '.parley-touched' })).toEqual([])
    expect(profile.faults).toEqual([])

    const block = await pageOf('/collections/availability-slots/create')
    await block.page.locator('#field-consultant').getByRole('combobox').click()
    await block.page.getByRole('option', { name: owner.profile.name }).click()
    await untilAdminRests(block.page)
    await block.page.locator('#field-blockReason').waitFor()
    await fill(block.page, 'startsAt', `${typed(start - 7 * dayMs)}, 00:00`)
    await fill(block.page, 'endsAt', `${typed(start - 6 * dayMs)}, 00:00`)
    await block.page.getByRole('checkbox', { name: 'Comes back' }).check()
    await block.page.locator('#field-recurrenceRule').fill('FREQ=WEEKLY')
    await block.link.waitFor()
    await block.page.getByText('They stay as they are when this is saved').waitFor()
    await fill(block.page, 'startsAt', `${typed(start)}, 00:00`)
    await fill(block.page, 'endsAt', `${typed(start + dayMs)}, 00:00`)
    await block.page.getByText('this cannot be saved while they stand there').waitFor()
    expect(block.faults).toEqual([])
  })
})
