import type { CollectionConfig, Field, Tab } from 'payload'
import { nobodyField } from '#access/field-access'

/** Shown and never typed: read-only in its form, hidden from it, or set by nobody. */
const isFixed = (field: Field): boolean => {
  const { admin = {} } = field
  const access = 'access' in field ? field.access : undefined
  const isSaid = (key: 'readOnly' | 'hidden') =>
    Object.entries(admin).some(([name, value]) => name === key && value === true)
  return isSaid('readOnly') || isSaid('hidden') || access?.update === nobodyField
}

const isUi = (field: Field): boolean => field.type === 'ui'

const offerTab = (tab: Tab): Tab => ({ ...tab, fields: tab.fields.map(offerField) })

/** Rows of a list are edited with it, as a whole. */
const offerField = (field: Field): Field => {
  if (field.type === 'tabs') return { ...field, tabs: field.tabs.map(offerTab) }
  if (!isUi(field) && 'name' in field && isFixed(field)) {
    return { ...field, admin: { ...field.admin, disableBulkEdit: true } } as Field
  }
  if (field.type === 'group' || field.type === 'row' || field.type === 'collapsible') {
    return { ...field, fields: field.fields.map(offerField) }
  }
  return field
}

/** Payload offers in the editing of many records what it shows as read-only in the form of one; here it offers what can be edited. */
export const withBulkEditOfEditable = (config: CollectionConfig): CollectionConfig => ({
  ...config,
  fields: config.fields.map(offerField),
})
