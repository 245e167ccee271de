import type { TaskName } from './task-payloads'

/**
 * Who has to be called for a task. Each lane has places of its own in every worker, so what is slow or away holds up its own lane and no
 * other. `core`: nobody.
 */
export const laneNames = [
  'core',
  'stripe',
  'mail',
  'calendars',
  'feeds',
  'rooms',
  'publication',
  'media',
  'extensions',
] as const

export type Lane = (typeof laneNames)[number]

/** The order of jobs in a lane: smaller numbers first. A job may say otherwise, as one task can carry several kinds of news. */
export const priorities = {
  /** A customer sits in front of it. */
  urgent: -10,
  /** What somebody waits for: confirmations, deadlines, money. */
  usual: 0,
  /** Reminders, and what keeps copies fresh. */
  later: 10,
  /** Whatever there may be thousands of. */
  bulk: 20,
} as const

type TaskTraits = { lane: Lane; priority: number }

const { urgent, usual, later, bulk } = priorities

/** Every task, its lane and its priority. */
export const taskTraits: Readonly<Record<TaskName, TaskTraits>> = {
  'process-stripe-event': { lane: 'stripe', priority: urgent },
  'settle-payment': { lane: 'stripe', priority: usual },
  'run-refund': { lane: 'stripe', priority: usual },
  'expire-payment': { lane: 'stripe', priority: usual },
  'expire-authorization': { lane: 'stripe', priority: usual },
  'answer-dispute': { lane: 'stripe', priority: usual },
  'sync-payout-account': { lane: 'stripe', priority: usual },
  'settle-payout': { lane: 'stripe', priority: later },
  'tell-stripe-of-customer': { lane: 'stripe', priority: later },
  'tidy-saved-cards': { lane: 'stripe', priority: later },
  'look-up-stripe-fee': { lane: 'stripe', priority: later },
  'sync-stale-payout-accounts': { lane: 'stripe', priority: bulk },
  reconcile: { lane: 'stripe', priority: bulk },

  'deliver-account-mail': { lane: 'mail', priority: urgent },
  'deliver-login-news': { lane: 'mail', priority: urgent },
  'deliver-notification': { lane: 'mail', priority: usual },
  'deliver-mail': { lane: 'mail', priority: usual },

  'settle-room': { lane: 'rooms', priority: usual },

  'deliver-calendar-event': { lane: 'calendars', priority: usual },
  'end-calendar-access': { lane: 'calendars', priority: usual },
  'read-calendar-list': { lane: 'calendars', priority: usual },
  'sync-calendar': { lane: 'calendars', priority: later },
  'check-calendar-event': { lane: 'calendars', priority: later },
  'watch-calendar': { lane: 'calendars', priority: bulk },

  'sync-calendar-file': { lane: 'feeds', priority: usual },

  'count-money-faults': { lane: 'publication', priority: bulk },
  'publish-slots': { lane: 'publication', priority: later },
  'publish-wished-slots': { lane: 'publication', priority: bulk },
  'publish-all-slots': { lane: 'publication', priority: bulk },

  'run-backfill': { lane: 'publication', priority: bulk },
  'remove-media-files': { lane: 'media', priority: later },
  'tidy-media': { lane: 'media', priority: bulk },

  'deliver-over-channel': { lane: 'extensions', priority: usual },
  'handle-event': { lane: 'extensions', priority: later },

  'follow-session': { lane: 'core', priority: usual },
  'follow-request': { lane: 'core', priority: usual },
  'follow-payout': { lane: 'core', priority: usual },
  'follow-payout-account': { lane: 'core', priority: usual },
  'expire-confirmation': { lane: 'core', priority: usual },
  'expire-unopened': { lane: 'core', priority: usual },
  'expire-request': { lane: 'core', priority: usual },
  'release-hold': { lane: 'core', priority: usual },
  'close-refunded-session': { lane: 'core', priority: usual },
  'complete-session': { lane: 'core', priority: later },
  'remind-no-show-claim': { lane: 'core', priority: later },
  'remind-session': { lane: 'core', priority: later },
  'process-meeting-event': { lane: 'core', priority: later },
  'flag-calendar-conflicts': { lane: 'core', priority: later },
  // They find what all others missed, so nothing goes before them.
  sweep: { lane: 'core', priority: urgent },
  'sweep-calendars': { lane: 'core', priority: urgent },
}
