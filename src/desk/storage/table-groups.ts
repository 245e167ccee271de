import type { RetentionName } from '#shared/retention'

/**
 * For how long something is kept: as long as staff have set, for a time that has its reason in how it works, or always. `others`: what becomes of
 * those rows that the setting is not about.
 */
export type Kept = { setting: RetentionName; others?: string } | { fixed: string } | { always: string }

export type TableGroup = {
  /** In people's words. */
  label: string
  kept: Kept
  /** With their schema unless it is `public`. The first one stands for the group: its rows are counted, and its column says how old they are. */
  tables: readonly [string, ...string[]]
  /** The column of the first table that says when a row came; null where none does. */
  cameAt: string | null
  /** Grows with every booking. */
  isOfBookings?: true
}

const books = 'The books: laws on accounting ask for six to ten years, and sums are made of all of them.'
const asLong = 'As long as what it belongs to.'

/**
 * Every table of the product, of Payload and of the queue, and for how long what stands there is kept. A test reads the schema and fails when a table is
 * missing here.
 */
export const tableGroups = {
  sessions: {
    label: 'Sessions',
    kept: { always: 'What was agreed and held is what invoices, payouts and reviews speak of.' },
    tables: [
      'scheduled_sessions',
      'scheduled_sessions_status_history',
      'scheduled_sessions_reschedule_history',
      'scheduled_sessions_texts',
      'parley.meeting_rooms',
      'meetings',
      'meetings_participants',
      'no_show_claims',
    ],
    cameAt: 'created_at',
    isOfBookings: true,
  },
  payments: {
    label: 'Payments, refunds and payouts',
    kept: { always: books },
    tables: ['payments', 'refunds', 'transfers', 'disputes'],
    cameAt: 'created_at',
    isOfBookings: true,
  },
  ledger: {
    label: 'Ledger',
    kept: { always: books },
    tables: ['ledger_entries'],
    cameAt: 'created_at',
    isOfBookings: true,
  },
  invoices: {
    label: 'Invoices',
    kept: { always: 'Invoices are kept for as long as the law asks, and their numbers have no gaps.' },
    tables: ['invoices', 'parley.number_series'],
    cameAt: 'issued_at',
    isOfBookings: true,
  },
  customers: {
    label: 'Customers',
    kept: { always: 'Until somebody deletes them.' },
    tables: ['customers', 'customers_saved_payment_methods'],
    cameAt: 'created_at',
    isOfBookings: true,
  },
  messages: {
    label: 'Messages',
    kept: { setting: 'messagesDays' },
    tables: ['notifications', 'notifications_channels'],
    cameAt: 'created_at',
    isOfBookings: true,
  },
  stripeEvents: {
    label: 'Events of Stripe',
    kept: { setting: 'stripeEventsDays' },
    tables: ['stripe_events'],
    cameAt: 'received_at',
    isOfBookings: true,
  },
  commandAnswers: {
    label: 'Answers to commands',
    kept: { setting: 'commandAnswersDays' },
    tables: ['parley.idempotency_keys'],
    cameAt: 'created_at',
    isOfBookings: true,
  },
  calendarEntries: {
    label: 'Calendar entries of sessions',
    kept: { setting: 'pastEntriesDays' },
    tables: ['calendar_events', 'calendar_differences'],
    cameAt: 'created_at',
    isOfBookings: true,
  },
  appointments: {
    label: 'Appointments in calendars of consultants',
    kept: { setting: 'pastAppointmentsDays' },
    tables: ['busy_times'],
    cameAt: 'created_at',
  },
  times: {
    label: 'Free, held and booked times',
    kept: {
      setting: 'lapsedHoldsDays',
      others: 'A free time is removed when it has passed, and a booked one stays with its session.',
    },
    tables: ['availability_slots', 'availability_slots_texts'],
    cameAt: 'created_at',
  },
  meetingReports: {
    label: 'Reports of meeting rooms',
    kept: { setting: 'meetingReportsDays' },
    tables: ['parley.meeting_events'],
    cameAt: 'received_at',
  },
  reconciliation: {
    label: 'Comparisons with Stripe',
    kept: { setting: 'reconciliationDays' },
    tables: ['reconciliation_runs', 'reconciliation_findings', 'parley.reconciliation_seen'],
    cameAt: 'started_at',
  },
  requests: {
    label: 'Requests',
    kept: { always: 'What was asked for and became of it; the session that it led to speaks of it.' },
    tables: ['consultation_requests', 'consultation_requests_status_history', 'consultation_requests_proposed_times'],
    cameAt: 'created_at',
  },
  reviews: {
    label: 'Reviews',
    kept: { always: 'Until somebody deletes them: the averages of consultants are made of them.' },
    tables: ['reviews'],
    cameAt: 'created_at',
  },
  decisions: {
    label: 'What staff decided about stuck work',
    kept: { always: 'Who gave what up, and why. There are few, and what was given up stays so by them.' },
    tables: ['parley.work_decisions'],
    cameAt: 'decided_at',
  },
  queue: {
    label: 'The worker’s queue',
    kept: { fixed: 'Until it is done. What failed for good goes after a day, when the sweep has begun it anew.' },
    tables: [
      'graphile_worker._private_jobs',
      'graphile_worker._private_job_queues',
      'graphile_worker._private_tasks',
      'graphile_worker._private_known_crontabs',
      'graphile_worker.migrations',
      'parley.errands',
      'parley.publication_wishes',
    ],
    cameAt: 'created_at',
  },
  counters: {
    label: 'Limits and what processes tell each other',
    kept: { fixed: 'Minutes to a day: a limit until its time is over, a worker until it has been silent for a day.' },
    tables: ['parley.rate_limits', 'parley.provider_limits', 'parley.provider_health', 'parley.facts'],
    cameAt: null,
  },
  unconfirmedMails: {
    label: 'Mails counted to addresses that nobody has confirmed',
    kept: { fixed: 'Four days: they are counted for one, and a mail is tried for three.' },
    tables: ['parley.unconfirmed_mails'],
    cameAt: null,
  },
  connections: {
    label: 'Connected calendars and payout accounts',
    kept: { always: 'As long as the consultant. Attempts to connect go after an hour, channels when they end.' },
    tables: [
      'calendar_connections',
      'connected_calendars',
      'parley.calendar_channels',
      'parley.oauth_states',
      'payout_accounts',
    ],
    cameAt: 'created_at',
  },
  catalogue: {
    label: 'Consultants, services and what is found of them',
    kept: { always: 'Until somebody deletes them. Of a profile the last 20 versions are kept.' },
    tables: [
      'consultant_profiles',
      'consultant_profiles_texts',
      'consultant_profiles_numbers',
      'consultant_break_times',
      'consultant_unavailable_dates',
      '_consultant_profiles_v',
      '_consultant_profiles_v_texts',
      '_consultant_profiles_v_numbers',
      '_consultant_break_times_v',
      '_consultant_unavailable_dates_v',
      'service_types',
      'service_types_prices',
      'service_types_intake_questions',
      'service_types_intake_questions_options',
      'service_types_numbers',
      'service_types_rels',
      'availability_schedules',
      'availability_schedules_monday',
      'availability_schedules_tuesday',
      'availability_schedules_wednesday',
      'availability_schedules_thursday',
      'availability_schedules_friday',
      'availability_schedules_saturday',
      'availability_schedules_sunday',
      'availability_schedules_recurrences',
      'availability_schedules_recurrences_slots',
      'availability_schedules_date_exceptions',
      'availability_schedules_date_exceptions_slots',
      'parley.directory',
      'parley.offers',
      'parley.free_days',
      'custom_attributes',
      'custom_attributes_options',
      'custom_attributes_readable_by',
      'custom_attributes_writable_by',
      'custom_attributes_rels',
      'media',
    ],
    cameAt: 'created_at',
  },
  logins: {
    label: 'Logins',
    kept: { always: 'Until somebody deletes them. What has run out of a login goes when it is used again.' },
    tables: ['users', 'users_roles', 'users_sessions', 'parley.second_factors', 'parley.recovery_codes'],
    cameAt: 'created_at',
  },
  accountLinks: {
    label: 'Links about logins',
    kept: { fixed: 'A week after they have run out, so that whoever follows one is told so.' },
    tables: ['parley.account_links'],
    cameAt: 'created_at',
  },
  waitingLogins: {
    label: 'Logins that wait for their second factor',
    kept: { fixed: 'Minutes: until they have it, or are over.' },
    tables: ['parley.waiting_logins', 'parley.passkey_challenges'],
    cameAt: 'created_at',
  },
  openidIdentities: {
    label: 'Sign-in with other providers',
    kept: { always: 'As long as the login, or until its owner disconnects it or chooses a password by mail.' },
    tables: ['parley.openid_identities'],
    cameAt: 'created_at',
  },
  openidUses: {
    label: 'Sign-ins with other providers that were used up',
    kept: { fixed: 'An hour: then what was begun is over by itself.' },
    tables: ['parley.openid_uses'],
    cameAt: 'used_at',
  },
  settings: {
    label: 'Settings and what the admin remembers',
    kept: { fixed: `${asLong} That somebody edits a record is forgotten after a day.` },
    tables: [
      'booking_settings',
      'booking_settings_currencies',
      'message_templates',
      'message_templates_templates',
      'payload_preferences',
      'payload_preferences_rels',
      'payload_locked_documents',
      'payload_locked_documents_rels',
      'payload_kv',
      'payload_migrations',
      'parley.migration_steps',
      'parley.backfills',
    ],
    cameAt: null,
  },
} as const satisfies Record<string, TableGroup>

export type GroupName = keyof typeof tableGroups
