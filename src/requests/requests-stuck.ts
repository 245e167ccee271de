import type { StuckWork } from '#outbox/stuck-work'

export const requestsStuck = {
  tasks: {
    'follow-request': {
      label: 'Writing the messages about a request',
      ifGivenUp: 'What was to be said of this change may be missing. Tell the people yourself.',
    },
    'expire-request': {
      label: 'Ending a request whose time is over',
      ifGivenUp: 'Only this job is removed: the deadline is looked at again every minute.',
    },
  },
} satisfies StuckWork
