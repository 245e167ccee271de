import type { StuckWork } from '#outbox/stuck-work'
import { settings } from '#settings'

const provider = settings.s3 ? { provider: 's3' } : {}

export const mediaStuck = {
  tasks: {
    'remove-media-files': {
      ...{ label: 'Removing the files of a picture', ...provider },
      ifGivenUp: 'They are removed by the daily tidying of media.',
    },
    'tidy-media': { ...{ label: 'Tidying media', ...provider }, ifGivenUp: 'It is done again tomorrow.' },
  },
} satisfies StuckWork
