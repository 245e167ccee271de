import type { CollectionAdminOptions } from 'payload'
import { adminComponent } from '#database/fields/admin-component'

/** The list of a collection that has attributes: they are shown and filtered by like fields, and what it shows is exported. */
export const listWithAttributes: NonNullable<CollectionAdminOptions['components']> = {
  beforeListTable: [adminComponent('export-bar')],
  views: { list: { Component: adminComponent('views/attributed-list') } },
}
