import type { StuckWork } from '#outbox/stuck-work'

export const availabilityStuck = {
  tasks: {
    'release-hold': { label: 'Removing a hold that ran out', ifGivenUp: 'It blocks nobody, and is removed later.' },
  },
} satisfies StuckWork
