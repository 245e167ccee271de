import { beforeAll, expect, it } from 'vitest'
import { openPage } from '../../support/browser'
import { seriousFaults } from '../../support/browser-checks'
import { defineAttribute } from '../../support/define-attribute'
import { hourIn } from '../../support/fixtures'
import { fillForm, heading, openForm, openSite, referenceOf, type SiteWorld, submitForm } from './site-world'

let site: SiteWorld

beforeAll(async () => {
  site = await openSite()
  await defineAttribute(site, {
    subject: 'scheduled-sessions',
    key: 'channel',
    label: 'How did you find us?',
    type: 'select',
    options: [
      { value: 'web', label: 'Web search' },
      { value: 'friend', label: 'A friend' },
    ],
    required: true,
    readableBy: ['customer', 'consultant'],
    writableBy: ['customer'],
    position: 1,
  })
  await defineAttribute(site, {
    subject: 'scheduled-sessions',
    key: 'seats',
    label: 'How many will you be?',
    help: 'You included.',
    type: 'number',
    min: 1,
    max: 8,
    readableBy: ['customer'],
    writableBy: ['customer'],
    position: 2,
  })
  await defineAttribute(site, {
    subject: 'scheduled-sessions',
    key: 'topics',
    label: 'What is it about?',
    type: 'multi_select',
    options: [
      { value: 'pricing', label: 'Pricing' },
      { value: 'hiring', label: 'Hiring' },
    ],
    // Asked, and not shown again.
    writableBy: ['customer'],
    position: 3,
  })
  await defineAttribute(site, {
    subject: 'scheduled-sessions',
    key: 'onlyPaid',
    label: 'Asked of the paid service alone',
    type: 'text',
    readableBy: ['customer'],
    writableBy: ['customer'],
    serviceTypes: [site.paid.id],
  })
  await defineAttribute(site, { subject: 'scheduled-sessions', key: 'secret', label: 'Of staff', type: 'text' })
  await defineAttribute(site, {
    subject: 'customers',
    key: 'companySize',
    label: 'Size of your company',
    type: 'text',
    max: 10,
    writableBy: ['customer'],
  })
})

it('a customer is asked what operations have defined, told at the input what is wrong, and reads it again', async () => {
  const { page, faults } = await openPage()
  await openForm(page, site, { service: site.free, start: hourIn(8, 9), zone: 'Europe/London' })
  await fillForm(page, { service: site.free })
  expect(await page.getByText('Asked of the paid service alone').count()).toBe(0)
  expect(await page.getByText('Of staff').count()).toBe(0)
  await page.getByLabel(/How many will you be/).fill('9')
  await page.getByRole('checkbox', { name: 'Hiring' }).check()
  await page.getByLabel(/Size of your company/).fill('About ten')
  await submitForm(page)

  await page.getByRole('alert').filter({ hasText: '2 answers need a change' }).waitFor()
  const channel = page.getByLabel('How did you find us?')
  expect(await channel.getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByLabel(/How many will you be/).getAttribute('aria-describedby')).toContain('-error')
  expect(await seriousFaults(page)).toEqual([])
  await channel.selectOption({ label: 'A friend' })
  await page.getByLabel(/How many will you be/).fill('3')
  await submitForm(page)

  await heading(page, 'You are booked').waitFor()
  const details = page.locator('dl').first()
  await details.getByText('How did you find us?').waitFor()
  expect(await details.textContent()).toContain('A friend')
  expect(await details.textContent()).toContain('How many will you be?3')
  expect(await details.textContent()).not.toContain('Hiring')

  const { docs } = await site.payload.find({
    collection: 'scheduled-sessions',
    where: { reference: { equals: referenceOf(page) } },
    depth: 1,
  })
  expect(docs).toMatchObject([
    {
      attributes: { channel: 'friend', seats: 3, topics: ['hiring'] },
      customer: { attributes: { companySize: 'About ten' } },
    },
  ])
  expect(faults).toEqual([])
})

it('what only the server knows is shown at the input as well', async () => {
  const { page } = await openPage()
  await openForm(page, site, { service: site.free, start: hourIn(8, 12), zone: 'Europe/London' })
  await fillForm(page, { service: site.free })
  await page.getByLabel('How did you find us?').selectOption('web')
  const size = page.getByLabel(/Size of your company/)
  // The page keeps people from typing more; somebody may be asked by a page that was loaded before the limit was set.
  await size.evaluate((input) => input.removeAttribute('maxlength'))
  await size.fill('More than a hundred')
  await submitForm(page)
  await page.getByText('must be at most 10 characters long').first().waitFor()
  expect(await size.getAttribute('aria-invalid')).toBe('true')
})
