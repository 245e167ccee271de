import type { Work } from '#outbox/task'
import { removeMediaFiles } from './remove-media-files'
import { tidyMedia } from './tidy-media'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** Removes files whose picture has others now, or is gone. */
    'remove-media-files': { names: string[] }
    /** Removes what belongs to no picture, from the name `after` on. */
    'tidy-media': { after?: string }
  }
}

export const mediaWork = {
  tasks: {
    'remove-media-files': (payload, { names }) => removeMediaFiles(payload, names),
    'tidy-media': (payload, { after }) => tidyMedia(payload, { after }),
  },
  schedule: { 'tidy-media': '23 4 * * *' },
} satisfies Work
