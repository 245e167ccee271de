import type { StuckWork } from '#outbox/stuck-work'

export const availabilityStuck: StuckWork = {
  tasks: {
    'release-hold': { label: 'Removing a hold that ran out', ifGivenUp: 'It blocks nobody, and is removed later.' },
  },
}
