import { foundBySweep, type StuckWork } from '#outbox/stuck-work'

export const sessionsStuck = {
  tasks: {
    'follow-session': {
      label: 'Writing the messages about a session',
      ifGivenUp: 'What was to be said of this change, and its reminders, may be missing. Tell the people yourself.',
    },
    'remind-no-show-claim': { label: 'Reminding of a claim that nobody has decided', ifGivenUp: foundBySweep },
    'remind-session': { label: 'Reminding of a session', ifGivenUp: foundBySweep },
  },
} satisfies StuckWork
