import type { Condition, UIField } from 'payload'
import { adminComponent } from './admin-component'

/** A component of the admin beside the form of a record; it stores nothing. */
export const panelField = (component: string, condition?: Condition): UIField => ({
  name: component.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
  type: 'ui',
  admin: {
    position: 'sidebar',
    disableListColumn: true,
    ...(condition === undefined ? {} : { condition }),
    components: { Field: adminComponent(component) },
  },
})
