import type { Condition, UIField } from 'payload'
import { adminComponent } from './admin-component'

const uiField = (component: string, admin: Pick<UIField['admin'], 'position' | 'condition'>): UIField => ({
  name: component.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
  type: 'ui',
  admin: {
    ...admin,
    disableListColumn: true,
    components: { Field: adminComponent(component) },
  },
})

/** A component of the admin beside the form of a record; it stores nothing. */
export const panelField = (component: string, condition?: Condition): UIField =>
  uiField(component, { position: 'sidebar', ...(condition === undefined ? {} : { condition }) })

/** The same in the form itself, for what needs its width: put it first. */
export const headField = (component: string): UIField => uiField(component, {})
