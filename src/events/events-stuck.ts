import type { StuckWork } from '#outbox/stuck-work'

export const eventsStuck = {
  tasks: {
    'handle-event': {
      label: 'Following an event in an extension',
      provider: 'extensions',
      ifGivenUp: 'The extension does not follow this event. What was announced stays as it is.',
    },
  },
} satisfies StuckWork
