import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { lexicalEditor } from '@payloadcms/richtext-lexical'
import type { Config } from 'payload'
import sharp from 'sharp'
import { AvailabilitySchedules } from '#collections/AvailabilitySchedules'
import { AvailabilitySlots } from '#collections/AvailabilitySlots'
import { BookingSettings } from '#collections/BookingSettings'
import { BusyTimes } from '#collections/BusyTimes'
import { CalendarConnections } from '#collections/CalendarConnections'
import { CalendarDifferences } from '#collections/CalendarDifferences'
import { CalendarEvents } from '#collections/CalendarEvents'
import { ConnectedCalendars } from '#collections/ConnectedCalendars'
import { ConsultantProfiles } from '#collections/ConsultantProfiles'
import { ConsultationRequests } from '#collections/ConsultationRequests'
import { Customers } from '#collections/Customers'
import { Disputes } from '#collections/Disputes'
import { Invoices } from '#collections/Invoices'
import { LedgerEntries } from '#collections/LedgerEntries'
import { Media } from '#collections/Media'
import { Meetings } from '#collections/Meetings'
import { MessageTemplates } from '#collections/MessageTemplates'
import { Notifications } from '#collections/Notifications'
import { Payments } from '#collections/Payments'
import { PayoutAccounts } from '#collections/PayoutAccounts'
import { ReconciliationFindings } from '#collections/ReconciliationFindings'
import { ReconciliationRuns } from '#collections/ReconciliationRuns'
import { Refunds } from '#collections/Refunds'
import { Reviews } from '#collections/Reviews'
import { ScheduledSessions } from '#collections/ScheduledSessions'
import { ServiceTypes } from '#collections/ServiceTypes'
import { StripeEvents } from '#collections/StripeEvents'
import { Transfers } from '#collections/Transfers'
import { Users } from '#collections/Users'
import { operations } from '#endpoints/index'
import { explainDatabaseErrors } from '#hooks/shared/explain-database-errors'
import { guardCollection } from '#hooks/shared/guard-collection'
import { refuseDeactivatedTokens } from '#hooks/users/refuse-deactivated-tokens'
import { extendCalendarProviders } from '#calendar/calendar-providers'
import { databaseAdapter } from '#database/database-adapter'
import { requireKnownLogin } from '#database/require-known-login'
import { adminComponent } from '#database/fields/admin-component'
import { withOptionalInputs } from '#database/fields/optional-inputs'
import { withReadableLabels } from '#database/fields/readable-labels'
import type { ParleyOptions } from '#parley-options'
import { stripePlugin } from '#payments/stripe/stripe-plugin'
import { graphqlLimits } from '#server/graphql-limits'
import { logger } from '#server/logger'
import { queueingEmailAdapter } from '#notifications/channels/email/queueing-email-adapter'
import { settings } from '#settings'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** The product as a configuration of Payload: the one place that knows every collection, global, endpoint and plugin. */
export const parley = (options: ParleyOptions = {}): Config => {
  extendCalendarProviders(options.calendars ?? [])
  return compose()
}

const compose = (): Config => ({
  serverURL: settings.serverUrl,
  secret: settings.payloadSecret,
  db: databaseAdapter,
  editor: lexicalEditor(),
  sharp,
  telemetry: false,
  email: queueingEmailAdapter,
  logger,
  maxDepth: 2,
  defaultDepth: 1,
  cors: { origins: [settings.serverUrl, ...settings.corsOrigins], headers: ['Idempotency-Key'] },
  csrf: [settings.serverUrl, ...settings.corsOrigins],
  collections: [
    Users,
    Customers,
    ConsultantProfiles,
    ServiceTypes,
    Media,
    AvailabilitySchedules,
    AvailabilitySlots,
    CalendarConnections,
    ConnectedCalendars,
    BusyTimes,
    CalendarEvents,
    CalendarDifferences,
    ConsultationRequests,
    ScheduledSessions,
    Meetings,
    Reviews,
    Payments,
    Refunds,
    Disputes,
    Transfers,
    PayoutAccounts,
    Invoices,
    LedgerEntries,
    StripeEvents,
    ReconciliationRuns,
    ReconciliationFindings,
    Notifications,
  ]
    .map(guardCollection)
    .map(withOptionalInputs)
    .map(withReadableLabels),
  globals: [BookingSettings, MessageTemplates].map(withOptionalInputs).map(withReadableLabels),
  endpoints: operations.map(({ endpoint }) => endpoint),
  plugins: [stripePlugin],
  hooks: { afterError: [explainDatabaseErrors] },
  graphQL: {
    disableIntrospectionInProduction: true,
    disablePlaygroundInProduction: true,
    maxComplexity: 500,
    validationRules: () => graphqlLimits,
  },
  admin: {
    user: Users.slug,
    // The default sends a hash of the e-mail address to Gravatar.
    avatar: 'default',
    importMap: { baseDir: root },
    meta: { titleSuffix: ' · Parley' },
    components: {
      afterNavLinks: [adminComponent('calendar-link'), adminComponent('money-links')],
      views: {
        money: {
          Component: adminComponent('views/money-overview'),
          path: '/money',
          exact: true,
          meta: { title: 'Money' },
        },
        payouts: {
          Component: adminComponent('views/payouts-page'),
          path: '/payouts',
          exact: true,
          meta: { title: 'Payouts' },
        },
        myCalendar: {
          Component: adminComponent('views/my-calendar-page'),
          path: '/my-calendar',
          exact: true,
          meta: { title: 'My calendar' },
        },
      },
    },
  },
  // Every login may call `/api/payload-jobs/run` otherwise. Jobs run in the worker, through its own queue.
  jobs: { access: { run: () => false, queue: () => false, cancel: () => false } },
  // Otherwise every process outside of production starts another one that writes the types.
  typescript: { autoGenerate: false, outputFile: path.join(root, 'payload-types.ts') },
  upload: { limits: { fileSize: 5_000_000 } },
  onInit: (payload) => {
    refuseDeactivatedTokens(payload)
    requireKnownLogin(payload)
  },
})
