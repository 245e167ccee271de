import { foundBySweep, type StuckWork } from '#outbox/stuck-work'

export const directoryStuck = {
  tasks: {
    'publish-slots': {
      label: 'Publishing the times of an expert',
      ifGivenUp: foundBySweep,
    },
    'publish-wished-slots': { label: 'Publishing the times of many experts', ifGivenUp: foundBySweep },
    'publish-all-slots': { label: 'Publishing the times of all experts', ifGivenUp: 'It is done again tomorrow.' },
  },
} satisfies StuckWork
