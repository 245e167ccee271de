import type { AdminViewConfig, Config, PayloadComponent } from 'payload'
import { adminComponent } from '#database/fields/admin-component'

type Admin = NonNullable<Config['admin']>

/** Payload asks for the login before it shows these, also where somebody replaces them. */
const askedByPayload = new Set(['account', 'dashboard'])

const nameOf = (component: Exclude<PayloadComponent, false>): string => {
  if (typeof component === 'string') return component
  const { exportName, path } = component
  return exportName ? `${path.split('#')[0]}#${exportName}` : path
}

const guardView = (view: AdminViewConfig): AdminViewConfig => ({
  ...view,
  Component: { ...adminComponent('views/guarded-view'), serverProps: { view: view.Component } },
})

/**
 * Puts the views that were added behind the login of the admin: Payload shows a view of one's own to everybody.
 * @param ours names of the product's own, which ask by themselves.
 */
export const guardViews = (admin: Admin, ours: ReadonlySet<string>): Admin => {
  const added = Object.entries(admin.components?.views ?? {}).filter(
    ([name, view]) => view?.Component && !ours.has(name) && !askedByPayload.has(name),
  )
  if (!added.length) return admin
  return {
    ...admin,
    components: {
      ...admin.components,
      views: {
        ...admin.components?.views,
        ...Object.fromEntries(added.map(([name, view]) => [name, guardView(view)])),
      },
    },
    // The build finds components by the configuration, and no longer by the view.
    dependencies: {
      ...admin.dependencies,
      ...Object.fromEntries(
        added.map(([name, { Component }]) => [
          `view ${name}`,
          { type: 'component' as const, path: Component ? nameOf(Component) : '' },
        ]),
      ),
    },
  }
}
