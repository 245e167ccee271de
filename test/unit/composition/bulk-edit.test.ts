import { buildConfig, type Field } from 'payload'
import { beforeAll, expect, it } from 'vitest'
import { nobodyField } from '#access/field-access'
import { parley } from '#parley'

/** Payload leaves these out by itself, as the facts of a file. */
const isHidden = ({ admin }: Field): boolean => admin !== undefined && 'hidden' in admin && admin.hidden === true

/** Fields as the list of what many records can be changed in takes them: those of groups, rows and tabs one by one, a list as a whole. */
const offeredIn = (fields: readonly Field[], path: string): { path: string; field: Field }[] =>
  fields.flatMap((field) => {
    if (field.type === 'tabs')
      return field.tabs.flatMap((tab) =>
        offeredIn(tab.fields, 'name' in tab && tab.name ? `${path}.${tab.name}` : path),
      )
    if ('name' in field && (field.admin?.disableBulkEdit === true || isHidden(field))) return []
    const own = 'name' in field && field.name ? `${path}.${field.name}` : path
    if (field.type === 'group' || field.type === 'row' || field.type === 'collapsible')
      return offeredIn(field.fields, own)
    return [{ path: own, field }]
  })

let offered: { path: string; field: Field }[] = []

beforeAll(async () => {
  const { collections } = await buildConfig(parley())
  offered = collections.flatMap(({ slug, fields }) => (slug.startsWith('payload-') ? [] : offeredIn(fields, slug)))
})

it('what many records can be changed in at once is nothing that is shown only, and nothing that nobody sets', () => {
  const fixed = offered.filter(
    ({ field }) =>
      (field.admin !== undefined && 'readOnly' in field.admin && field.admin.readOnly === true) ||
      ('access' in field && field.access?.update === nobodyField),
  )
  expect(fixed.map(({ path }) => path)).toEqual([])
})

it('what staff edit in one record they can edit in many', () => {
  const paths = new Set(offered.map(({ path }) => path))
  for (const path of [
    'consultant-profiles.headline',
    'consultant-profiles.availability.timeZone',
    'customers.phone',
    'service-types.isActive',
  ])
    expect(paths).toContain(path)
  for (const path of ['availability-slots.price', 'payments.amount', 'consultant-profiles.statistics.totalBookings'])
    expect(paths).not.toContain(path)
})
