import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ScheduledSession } from '#payload-types'
import { openAdminAs, untilAdminIsAlive, untilAdminRests } from '../../support/admin-page'
import { seriousFaults } from '../../support/browser-checks'
import { defineAttribute } from '../../support/define-attribute'
import { createServiceType } from '../../support/fixtures'
import { type AdminWorld, openAdmin } from './admin-world'

let world: AdminWorld
let sessions: ScheduledSession[]

const channels = [
  { value: 'web', label: 'Web search' },
  { value: 'friend', label: 'A friend' },
]

beforeAll(async () => {
  world = await openAdmin()
  const found = await world.payload.find({ collection: 'scheduled-sessions', sort: 'startsAt', depth: 0 })
  sessions = found.docs
  const ofSessions = { subject: 'scheduled-sessions', readableBy: ['customer', 'consultant'] } as const
  await defineAttribute(world, {
    ...ofSessions,
    readableBy: [...ofSessions.readableBy],
    key: 'channel',
    label: 'How did you find us?',
    type: 'select',
    options: channels,
    writableBy: ['customer'],
    position: 1,
  })
  await defineAttribute(world, {
    subject: 'scheduled-sessions',
    key: 'seats',
    label: 'Seats',
    help: 'How many listen in.',
    type: 'number',
    min: 1,
    max: 8,
    position: 2,
  })
  await defineAttribute(world, {
    subject: 'scheduled-sessions',
    key: 'followUp',
    label: 'Follow up on',
    type: 'date',
    position: 3,
  })
  await defineAttribute(world, {
    subject: 'scheduled-sessions',
    key: 'topics',
    label: 'Topics',
    type: 'multi_select',
    options: [
      { value: 'pricing', label: 'Pricing' },
      { value: 'hiring', label: 'Hiring' },
    ],
    position: 4,
  })
  await defineAttribute(world, {
    subject: 'customers',
    key: 'segment',
    label: 'Segment',
    type: 'select',
    options: [{ value: 'key', label: 'Key account' }],
    position: 1,
  })
  const elsewhere = await createServiceType(world.payload, [world.consultant], { name: 'Elsewhere', slug: 'elsewhere' })
  await defineAttribute(world, {
    subject: 'scheduled-sessions',
    key: 'elsewhere',
    label: 'Asked of another service',
    type: 'text',
    serviceTypes: [elsewhere.id],
    position: 5,
  })
  const [first] = sessions
  await world.payload.update({
    collection: 'scheduled-sessions',
    id: first?.id ?? '',
    data: { attributes: { channel: 'friend' } },
  })
  await world.payload.update({
    collection: 'customers',
    id: world.customer.id,
    data: { attributes: { segment: 'key' } },
  })
})

/** Chooses an option of one of Payload's selects, as a person does: again, where the form was just being drawn anew. */
const choose = async (page: Page, field: Locator, text: string) => {
  const option = page.locator('.rs__option').filter({ hasText: new RegExp(`^${text}`) })
  await expect
    .poll(
      async () => {
        if ((await field.textContent())?.includes(text)) return true
        await field.locator('input').first().click()
        await option.first().click({ timeout: 5_000 })
        return false
      },
      { timeout: 30_000 },
    )
    .toBe(true)
}

const save = (page: Page) => page.locator('#action-save').click()

const ofRecord = (page: Page): Locator => page.getByRole('group', { name: 'Attributes' })

describe('operations', () => {
  it('define a question, with a key from its label and a warning where everybody is to read it', async () => {
    // Fields are drawn once they are in view.
    const viewport = { width: 1280, height: 1_800 }
    const { page, faults } = await openAdminAs(world, world.operations, '/collections/custom-attributes/create', {
      viewport,
    })
    await choose(page, page.locator('#field-subject'), 'Sessions')
    await page.locator('#field-label').fill('What would help most?')
    await expect.poll(() => page.locator('#field-key').inputValue()).toBe('whatWouldHelpMost')
    await page.locator('#field-key').fill('wish')
    await page.locator('#field-label').fill('What would help you most?')
    await untilAdminRests(page)
    expect(await page.locator('#field-options').count()).toBe(0)
    await choose(page, page.locator('#field-type'), 'Choice')
    await page.getByRole('button', { name: 'Add Option' }).click()
    await page.locator('#field-options__0__value').fill('plan')
    await page.locator('#field-options__0__label').fill('A plan')
    await choose(page, page.locator('#field-readableBy'), 'Everybody')
    await page.getByText('people who are not logged in').waitFor()
    expect(await seriousFaults(page, { within: '.parley-warning' })).toEqual([])
    await save(page)
    await page.getByText('successfully created').waitFor()
    const { docs } = await world.payload.find({ collection: 'custom-attributes', where: { key: { equals: 'wish' } } })
    expect(docs).toMatchObject([
      {
        subject: 'scheduled-sessions',
        label: 'What would help you most?',
        type: 'select',
        options: [{ value: 'plan', label: 'A plan' }],
        readableBy: ['public'],
      },
    ])
    expect(faults).toEqual([])
  })

  it('set attributes in the form of a record, and read at the input what the server has against one', async () => {
    const [, second] = sessions
    const { page } = await openAdminAs(world, world.operations, `/collections/scheduled-sessions/${second?.id ?? ''}`)
    await page.getByRole('button', { name: 'Problem' }).click()
    const attributes = ofRecord(page)
    await attributes.getByLabel('How did you find us?').selectOption({ label: 'Web search' })
    expect(await attributes.getByText('Asked of another service').count()).toBe(0)
    await attributes.getByLabel('Seats').fill('9')
    await attributes.getByRole('checkbox', { name: 'Hiring' }).check()
    await attributes.getByLabel('Follow up on').fill('1 Mar 2027')
    await attributes.getByLabel('Follow up on').press('Enter')
    await save(page)
    await attributes.getByText('must be at most 8').waitFor()
    expect(await attributes.getByLabel('Seats').getAttribute('aria-invalid')).toBe('true')
    expect(await seriousFaults(page, { within: '.parley-attributes' })).toEqual([])
    await attributes.getByLabel('Seats').fill('3')
    await save(page)
    await page.getByText('Updated successfully').first().waitFor()
    const stored = await world.payload.findByID({ collection: 'scheduled-sessions', id: second?.id ?? '', depth: 0 })
    expect(stored.attributes).toEqual({ channel: 'web', seats: 3, topics: ['hiring'], followUp: '2027-03-01' })
  })

  it('see them in the list, filter by one, and export what is left', async () => {
    const { page, faults } = await openAdminAs(
      world,
      world.operations,
      '/collections/scheduled-sessions?columns=["reference","attributeValues"]',
    )
    const rows = page.locator('.table tbody tr')
    await page.getByText('How did you find us?: A friend').waitFor()
    expect(await rows.count()).toBe(3)

    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByRole('button', { name: 'Add filter' }).click()
    const condition = page.locator('.condition')
    await condition.locator('.condition__field input').first().click()
    await page.locator('.rs__option').filter({ hasText: 'How did you find us?' }).first().waitFor()

    // The address of the filter, as Payload's own form makes it of what is chosen there one after the other.
    const filtered = new URL(page.url())
    filtered.searchParams.set('where[or][0][and][0][attributes.channel][equals]', 'friend')
    await page.goto(filtered.href)
    await untilAdminIsAlive(page)
    await expect.poll(() => rows.count()).toBe(1)
    await page.getByRole('button', { name: 'Filters' }).click()
    await expect.poll(() => condition.locator('.condition__field').textContent()).toContain('How did you find us?')
    expect(await condition.locator('.condition__operator').textContent()).toContain('equals')
    expect(await condition.locator('.condition__value').textContent()).toContain('A friend')

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export (CSV)' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^scheduled-sessions-\d{4}-\d\d-\d\d\.csv$/)
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('How did you find us?')
    expect(lines[1]).toContain(sessions[0]?.reference)
    expect(lines[1]).toContain('A friend')
    expect(faults).toEqual([])
  })

  it('see no records, and the page, where an address filters by an attribute that is gone', async () => {
    const where = 'where[or][0][and][0][attributes.gone][equals]=x'
    const { page } = await openAdminAs(world, world.operations, `/collections/scheduled-sessions?${where}`)
    await page.getByText('No Results.').waitFor()
    expect(await page.locator('.table tbody tr').count()).toBe(0)
  })

  it('are led from a record without attributes to where they are defined', async () => {
    const { page } = await openAdminAs(world, world.operations, `/collections/service-types/${world.serviceType.id}`)
    await ofRecord(page).getByText('No attributes are defined for service types').waitFor()
    // Scrolled to, it brings fields into view that are drawn only then: one that pushes it away between press and release leaves no click.
    const link = ofRecord(page).getByRole('link', { name: 'Define one' })
    await link.scrollIntoViewIfNeeded()
    await untilAdminRests(page)
    await link.click()
    await page.waitForURL('**/collections/custom-attributes/create')
  })

  it('read in the list of attributes what belongs to what, and who reads and sets it', async () => {
    const { page } = await openAdminAs(world, world.operations, '/collections/custom-attributes')
    await page.getByText('Staff, its customer, its consultant').waitFor()
    expect(await page.getByRole('row', { name: /Segment/ }).textContent()).toContain('Staff')
  })
})

describe('a consultant', () => {
  it('reads the attributes of their sessions that are theirs to read, and sets none that are not', async () => {
    const [first] = sessions
    const { page } = await openAdminAs(world, world.host, `/collections/scheduled-sessions/${first?.id ?? ''}`)
    await page.getByRole('button', { name: 'Problem' }).click()
    const attributes = ofRecord(page)
    await attributes.getByText('A friend').waitFor()
    expect(await attributes.getByRole('combobox').count()).toBe(0)
    expect(await attributes.getByText('Seats').count()).toBe(0)
  })

  it('learns nothing of what is for staff alone: no value, no label, no filter, no export', async () => {
    const { page } = await openAdminAs(world, world.host, `/collections/customers/${world.customer.id}`)
    await page.getByText(world.customer.name).first().waitFor()
    expect(await page.content()).not.toMatch(/Segment|Key account/)
    await page.goto(`${world.url}/admin/collections/customers`)
    await page.locator('.table').waitFor()
    expect(await page.content()).not.toMatch(/Segment|Key account/)
    expect(await page.getByRole('button', { name: 'Export (CSV)' }).count()).toBe(0)
    await page.goto(`${world.url}/admin/collections/scheduled-sessions`)
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.locator('.condition__field input').first().click()
    await page.locator('.rs__option', { hasText: 'How did you find us?' }).waitFor()
    expect(await page.locator('.rs__option', { hasText: 'Seats' }).count()).toBe(0)
  })
})
