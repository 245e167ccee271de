import type { AdminViewConfig, Config, CustomComponent, PayloadRequest, Widget, WidgetInstance } from 'payload'

/** What an installation adds to the admin. Components are named as Payload names them: `/src/extensions/my-view#MyView`. */
export type AdminAdditions = {
  /** Pages of their own below `/admin`, by a name; each with its `path`. */
  views?: Readonly<Record<string, AdminViewConfig & { path: `/${string}` }>>
  /** Widgets of the dashboard, which shows them below the collections unless somebody arranges it otherwise. */
  widgets?: readonly Widget[]
  /** Below the links of the navigation. */
  navLinks?: readonly CustomComponent[]
}

type Admin = NonNullable<Config['admin']>
type Components = NonNullable<Admin['components']>

/** First parts of addresses that Payload's own pages have below `/admin`. */
const ofPayload = new Set([
  ...['account', 'browse-by-folder', 'collections', 'create-first-user', 'forgot', 'globals', 'login', 'logout'],
  ...['logout-inactivity', 'reset', 'unauthorized', 'verify'],
])
const namesOfPayload = new Set(['account', 'dashboard'])

const firstSegment = (path: string): string => path.split('/')[1] ?? ''

const composeViews = (
  standard: NonNullable<Components['views']>,
  added: NonNullable<AdminAdditions['views']>,
): NonNullable<Components['views']> => {
  const addresses = new Set(Object.values(standard).map((view) => firstSegment(view?.path ?? '')))
  for (const [name, { path }] of Object.entries(added)) {
    if (Object.hasOwn(standard, name) || namesOfPayload.has(name)) {
      throw new Error(`There is a view "${name}" in the admin already: choose another name.`)
    }
    const first = firstSegment(path)
    if (!first || first.includes(':') || ofPayload.has(first) || addresses.has(first)) {
      throw new Error(`The view "${name}" cannot lie at /admin${path}: that address is taken. Choose another path.`)
    }
    addresses.add(first)
  }
  return { ...standard, ...added }
}

/** The widgets of the product, those of an installation, and what each person sees until they arrange it otherwise. */
const composeDashboard = (
  standard: NonNullable<Admin['dashboard']>,
  added: readonly Widget[],
): NonNullable<Admin['dashboard']> => {
  const slugs = new Set(['collections', ...standard.widgets.map(({ slug }) => slug)])
  for (const { slug } of added) {
    if (slugs.has(slug)) throw new Error(`There is a widget "${slug}" already: choose another slug.`)
    slugs.add(slug)
  }
  // The generated types know the widgets of the product alone.
  const shown = added.map(({ slug, minWidth = 'medium' }) => ({
    widgetSlug: slug,
    width: minWidth,
  })) as WidgetInstance[]
  return {
    widgets: [...standard.widgets, ...added],
    defaultLayout: async (args: { req: PayloadRequest }) => {
      const { defaultLayout = [] } = standard
      return [...(typeof defaultLayout === 'function' ? await defaultLayout(args) : defaultLayout), ...shown]
    },
  }
}

/**
 * The product's admin with what an installation adds.
 * @throws Error for a name or an address that is taken.
 */
export const composeAdmin = (standard: Admin, { views = {}, widgets = [], navLinks = [] }: AdminAdditions): Admin => {
  const { components = {}, dashboard = { widgets: [] } } = standard
  return {
    ...standard,
    components: {
      ...components,
      afterNavLinks: [...(components.afterNavLinks ?? []), ...navLinks],
      views: composeViews(components.views ?? {}, views),
    },
    dashboard: composeDashboard(dashboard, widgets),
  }
}
