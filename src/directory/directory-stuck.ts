import type { StuckWork } from '#outbox/stuck-work'

export const directoryStuck = {
  tasks: {
    'publish-slots': {
      label: 'Publishing the times of an expert',
      ifGivenUp:
        'The directory shows old times of this expert until the night. What is booked is always looked up anew.',
    },
    'publish-all-slots': { label: 'Publishing the times of all experts', ifGivenUp: 'It is done again tomorrow.' },
  },
} satisfies StuckWork
