import type { Config, Widget, WidgetInstance } from 'payload'
import { isStaff } from '#access/roles'
import { adminComponent } from '#database/fields/admin-component'

const widgets: Widget[] = [
  {
    slug: 'search-box',
    label: { en: 'Search', de: 'Suche' },
    Component: adminComponent('widgets/search-box').path,
    minWidth: 'medium',
  },
  {
    slug: 'now-and-next',
    label: { en: 'Now and next', de: 'Jetzt und als Nächstes' },
    Component: adminComponent('widgets/now-and-next').path,
    minWidth: 'large',
  },
  {
    slug: 'waiting-for',
    label: { en: 'Waiting for somebody', de: 'Wartet auf jemanden' },
    Component: adminComponent('widgets/waiting-for').path,
    minWidth: 'small',
  },
  {
    slug: 'money-today',
    label: { en: 'Money today', de: 'Geld heute' },
    Component: adminComponent('widgets/money-today').path,
    minWidth: 'small',
  },
  {
    slug: 'unbookable-experts',
    label: { en: 'Experts who cannot be booked', de: 'Fachleute, die nicht buchbar sind' },
    Component: adminComponent('widgets/unbookable-experts').path,
    minWidth: 'small',
  },
]

const ofStaff: WidgetInstance[] = [
  { widgetSlug: 'search-box', width: 'full' },
  { widgetSlug: 'now-and-next', width: 'full' },
  { widgetSlug: 'waiting-for', width: 'medium' },
  { widgetSlug: 'money-today', width: 'medium' },
  { widgetSlug: 'unbookable-experts', width: 'full' },
  { widgetSlug: 'collections', width: 'full' },
]

const ofConsultants: WidgetInstance[] = [
  { widgetSlug: 'now-and-next', width: 'full' },
  { widgetSlug: 'waiting-for', width: 'full' },
  { widgetSlug: 'collections', width: 'full' },
]

/** What stands on the dashboard by role, until somebody arranges their own otherwise. Each widget checks itself who may see it. */
export const productDashboard: NonNullable<NonNullable<Config['admin']>['dashboard']> = {
  widgets,
  defaultLayout: ({ req }) => (isStaff(req) ? ofStaff : ofConsultants),
}
