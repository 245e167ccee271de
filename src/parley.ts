import path from 'node:path'
import { de } from '@payloadcms/translations/languages/de'
import { en } from '@payloadcms/translations/languages/en'
import { lexicalEditor } from '@payloadcms/richtext-lexical'
import type { CollectionConfig, Config, GlobalConfig, Payload } from 'payload'
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
import { CustomAttributes } from '#collections/CustomAttributes'
import { Customers } from '#collections/Customers'
import { Disputes } from '#collections/Disputes'
import { Invoices } from '#collections/Invoices'
import { LedgerEntries } from '#collections/LedgerEntries'
import { Media } from '#collections/Media'
import { Meetings } from '#collections/Meetings'
import { MessageTemplates } from '#collections/MessageTemplates'
import { NoShowClaims } from '#collections/NoShowClaims'
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
import { staff } from '#access/collection-access'
import { usersEndpoints } from '#endpoints/accounts/users-endpoints'
import { bookingNames, operations } from '#endpoints/index'
import { withLimit } from '#endpoints/support/define-endpoint'
import { explainDatabaseErrors } from '#hooks/shared/explain-database-errors'
import { closeVerification } from '#hooks/users/close-payload-links'
import { answerRefusedLogin } from '#hooks/users/answer-refused-login'
import { refuseDeactivatedTokens } from '#hooks/users/refuse-deactivated-tokens'
import { checkEndpoints, addressesOf } from '#composition/check-endpoints'
import { composeAdmin } from '#composition/compose-admin'
import { composeEntities } from '#composition/compose-entities'
import { guardComposition } from '#composition/guard-composition'
import { extendCalendarProviders } from '#calendar/calendar-providers'
import { databaseAdapter } from '#database/database-adapter'
import { withOwnMigrations } from '#database/with-own-migrations'
import { requireKnownLogin } from '#database/require-known-login'
import { adminComponent } from '#database/fields/admin-component'
import { addMeetingProviders } from '#meetings/meeting-providers'
import type { ParleyOptions } from '#parley-options'
import { stripePlugin } from '#payments/stripe/stripe-plugin'
import { answerAccess } from '#server/answer-access'
import { closeAccountMutations } from '#server/close-account-mutations'
import { graphqlBounds, graphqlLimits } from '#server/graphql-limits'
import { countCallsIn } from '#providers/provider-database'
import { shareLoginGuards } from '#access/login-guards'
import { shareLimits } from '#access/rate-limits'
import { challengeHeader } from '#challenge/require-challenge'
import { followDatabase } from '#database/database-news'
import { guardStore, limitStore } from '#database/limit-store'
import { logger } from '#server/logger'
import { extendMessages } from '#notifications/extend-messages'
import { queueingEmailAdapter } from '#notifications/channels/email/queueing-email-adapter'
import { declareProductMessages } from '#product-messages'
import { settings } from '#settings'
import { domainEvents } from '#all-domain-events'
import { setEventHandlers } from '#events/event-handlers'

/** The checkout, in which every process of ours runs. */
const root = process.cwd()

const productCollections: CollectionConfig[] = [
  { ...Users, endpoints: usersEndpoints },
  Customers,
  ConsultantProfiles,
  ServiceTypes,
  CustomAttributes,
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
  NoShowClaims,
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

const productGlobals: GlobalConfig[] = [BookingSettings, MessageTemplates]

/** What holds whatever is added. */
const fixed = {
  maxDepth: 2,
  graphQL: {
    disableIntrospectionInProduction: true,
    disablePlaygroundInProduction: true,
    maxComplexity: graphqlBounds.complexity,
    validationRules: graphqlLimits,
    queries: answerAccess,
    mutations: closeAccountMutations,
  },
  // Every login may call `/api/payload-jobs/run` otherwise. Jobs run in the worker, through its own queue.
  jobs: { access: { run: () => false, queue: () => false, cancel: () => false } },
  // Payload's default is every login. They are there where an extension or a plugin calls for them.
  queryPresets: { access: { create: staff, read: staff, update: staff, delete: staff }, constraints: {} },
  hooks: { afterError: [explainDatabaseErrors, answerRefusedLogin] },
  onInit: (payload: Payload) => {
    countCallsIn(payload)
    closeVerification(payload)
    refuseDeactivatedTokens(payload)
    requireKnownLogin(payload)
    shareLimits(limitStore, (err) => {
      payload.logger.warn({ err, msg: 'Rate limits are counted by this process alone: the database does not count' })
    })
    shareLoginGuards(guardStore, (err) => {
      payload.logger.warn({ err, msg: 'Failed logins are counted by this process alone: the database does not count' })
    })
    followDatabase({
      slowMs: settings.slowQueryMs,
      onSlowStatement: ({ statement, ms, operation }) => {
        const { name, requestId } = operation ?? {}
        payload.logger.warn({ operation: name, requestId, statement, ms, msg: 'A statement took long' })
      },
      onEndedStatement: ({ statement, ms, operation }) => {
        const { name, requestId } = operation ?? {}
        payload.logger.warn({
          ...{ operation: name, requestId, statement, ms },
          msg: 'A statement took longer than whoever asks may take, and was ended',
        })
      },
      onLostConnection: (err) => payload.logger.warn({ err, msg: 'A connection to PostgreSQL was lost' }),
    })
  },
} satisfies Partial<Config>

const productAdmin: NonNullable<Config['admin']> = {
  user: Users.slug,
  // The default sends a hash of the e-mail address to Gravatar.
  avatar: 'default',
  importMap: { baseDir: root },
  meta: { titleSuffix: ' · Parley' },
  // Payload names the month in the language of the user.
  dateFormat: 'd MMM yyyy, HH:mm',
  components: {
    afterNavLinks: [
      adminComponent('calendar-link'),
      adminComponent('stuck-work-link'),
      adminComponent('storage-link'),
      adminComponent('money-links'),
    ],
    header: [adminComponent('address-notice')],
    beforeLogin: [adminComponent('address-notice'), adminComponent('account/second-factor-gate')],
    afterLogin: [adminComponent('login-providers')],
    beforeDashboard: [adminComponent('stuck-work-notice')],
    views: {
      secondFactor: {
        Component: adminComponent('views/second-factor-page'),
        path: '/second-factor',
        exact: true,
        meta: { title: 'Second factor' },
      },
      money: {
        Component: adminComponent('views/money-overview'),
        path: '/money',
        exact: true,
        meta: { title: 'Money' },
      },
      operations: {
        Component: adminComponent('views/stuck-work-page'),
        path: '/operations',
        exact: true,
        meta: { title: 'What is stuck' },
      },
      storage: {
        Component: adminComponent('views/storage-page'),
        path: '/storage',
        exact: true,
        meta: { title: 'Storage' },
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
}

/**
 * The product as a configuration of Payload, with what an installation adds: the one place that knows every collection, global, endpoint and plugin.
 * @throws Error that says what to change in the options.
 */
export const parley = (options: ParleyOptions = {}): Config => {
  // First: what is composed asks the features for their rows.
  declareProductMessages()
  extendMessages(options)
  addMeetingProviders(options.meetings ?? [])
  extendCalendarProviders(options.calendars ?? [])
  setEventHandlers(options.on ?? {}, domainEvents)
  const taken = new Set([...addressesOf(operations), ...productCollections.map(({ slug }) => slug)])
  const collections = composeEntities(productCollections, options.collections ?? {}, { what: 'Collection', taken })
  const slugs = new Set(collections.map(({ slug }) => slug))
  const globals = composeEntities(productGlobals, options.globals ?? {}, { what: 'Global', taken: slugs })
  const added = (options.endpoints ?? []).map((operation) => withLimit(operation, 'added'))
  checkEndpoints(operations, added, slugs)
  return {
    serverURL: settings.serverUrl,
    secret: settings.payloadSecret,
    db: withOwnMigrations(databaseAdapter, options),
    editor: lexicalEditor(),
    sharp,
    telemetry: false,
    email: queueingEmailAdapter,
    logger,
    // Which of them are faults is decided in one place, which has to see them.
    loggingLevels: {
      Forbidden: 'error',
      Locked: 'error',
      MissingFile: 'error',
      NotFound: 'error',
      ValidationError: 'error',
    },
    ...fixed,
    // Chosen on the page of one's account; until then by the browser.
    i18n: { supportedLanguages: { en, de }, fallbackLanguage: 'en' },
    defaultDepth: 1,
    cors: { origins: [settings.serverUrl, ...settings.corsOrigins], headers: ['Idempotency-Key', challengeHeader] },
    csrf: [settings.serverUrl, ...settings.corsOrigins],
    collections,
    globals,
    endpoints: [...operations, ...added].map(({ endpoint }) => endpoint),
    plugins: [
      stripePlugin,
      ...(options.plugins ?? []),
      guardComposition({
        collections: productCollections,
        globals: productGlobals,
        fixed,
        viewNames: new Set(Object.keys(productAdmin.components?.views ?? {})),
        takenNames: bookingNames,
      }),
    ],
    admin: composeAdmin(productAdmin, options.admin ?? {}),
    // Otherwise every process outside of production starts another one that writes the types.
    typescript: { autoGenerate: false, outputFile: path.join(root, 'payload-types.ts') },
    upload: { limits: { fileSize: 5_000_000 } },
  }
}
