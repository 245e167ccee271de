import type { TaskName } from '#outbox/task-payloads'

/** How work is found again whose job was lost. */
type FoundAgain =
  /** By what is overdue: each minute. */
  | 'sweep'
  /** By the sweep over calendars: each minute. */
  | 'sweep-calendars'
  /** It is regular work: the next time does what this one did not. */
  | 'schedule'
  /** By regular or swept work that looks at everything anew. */
  | { by: TaskName; because: string }

/** Of each task, how what it does is found again when its job is lost (decision 0006). A new one does not compile without its row. */
export const foundAgain: Readonly<Record<TaskName, FoundAgain>> = {
  'follow-session': 'sweep',
  'follow-request': 'sweep',
  'follow-payout': 'sweep',
  'follow-payout-account': 'sweep',
  'handle-event': 'sweep',
  'deliver-notification': 'sweep',
  'deliver-over-channel': 'sweep',
  'deliver-account-mail': 'sweep',
  'deliver-login-news': 'sweep',
  'deliver-mail': 'sweep',
  'tell-stripe-of-customer': 'sweep',
  'tidy-saved-cards': 'sweep',
  'remind-session': 'sweep',
  'remind-no-show-claim': 'sweep',
  'settle-room': 'sweep',
  'process-meeting-event': 'sweep',
  'process-stripe-event': 'sweep',
  'expire-payment': 'sweep',
  'expire-confirmation': 'sweep',
  'expire-unopened': 'sweep',
  'expire-authorization': 'sweep',
  'complete-session': 'sweep',
  'close-refunded-session': 'sweep',
  'expire-request': 'sweep',
  'settle-payment': 'sweep',
  'settle-payout': 'sweep',
  'run-refund': 'sweep',
  'look-up-stripe-fee': 'sweep',
  'answer-dispute': 'sweep',
  reconcile: 'sweep',
  'release-hold': 'sweep',
  'publish-slots': 'sweep',
  'publish-wished-slots': 'sweep',
  'run-backfill': 'sweep',
  'sync-calendar': 'sweep-calendars',
  'sync-calendar-file': 'sweep-calendars',
  'watch-calendar': 'sweep-calendars',
  'read-calendar-list': 'sweep-calendars',
  'end-calendar-access': 'sweep-calendars',
  'deliver-calendar-event': 'sweep-calendars',
  'flag-calendar-conflicts': 'sweep-calendars',
  'check-calendar-event': {
    by: 'sync-calendar',
    because: 'Once a day each calendar is read from the beginning, and each entry in it is looked at.',
  },
  'sync-payout-account': {
    by: 'sync-stale-payout-accounts',
    because: 'It is enqueued by that alone, for every account that was not read of late.',
  },
  'sync-stale-payout-accounts': 'schedule',
  'publish-all-slots': 'schedule',
  'remove-media-files': {
    by: 'tidy-media',
    because: 'Once a day everything that is stored is looked at, and what belongs to no picture is removed.',
  },
  'tidy-media': 'schedule',
  'count-money-faults': 'schedule',
  sweep: 'schedule',
  'sweep-calendars': 'schedule',
}
