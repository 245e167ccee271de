import type { ParleyOptions } from '#parley-options'
import { PracticeClients } from './collections/PracticeClients'
import { PracticeFiles } from './collections/PracticeFiles'
import { withAppeals } from './collections/with-appeals'
import { withArea } from './collections/with-area'
import { withOpponent } from './collections/with-opponent'
import { consultingRooms } from './consulting-rooms'
import { listAreasEndpoint } from './endpoints/list-areas'
import { french } from './messages/french'
import { postbox } from './messages/postbox'
import { preparation } from './messages/preparation'
import { openFile } from './sessions/open-file'
import { tellHowToPrepare } from './sessions/tell-how-to-prepare'

/**
 * The worked example of `docs/extending.md`: a law practice. Its services belong to an area of law, whoever books names the other party, nobody is
 * advised against a client of the practice, each session has a file, and clients are told what to bring.
 */
export const extensions: ParleyOptions = {
  collections: {
    'service-types': withArea,
    'scheduled-sessions': withOpponent,
    reviews: withAppeals,
    'practice-clients': PracticeClients,
    'practice-files': PracticeFiles,
  },
  on: {
    'session.scheduled': [
      { name: 'open-file', when: 'before commit', handle: openFile },
      { name: 'tell-how-to-prepare', when: 'after commit', handle: tellHowToPrepare },
    ],
  },
  endpoints: [listAreasEndpoint],
  meetings: [consultingRooms],
  messages: [preparation],
  channels: { practice_postbox: postbox },
  languages: { fr: french },
  admin: {
    views: {
      practiceFiles: {
        Component: '/src/extensions/admin/open-files-page#OpenFilesPage',
        path: '/practice-files',
        exact: true,
        meta: { title: 'Open files' },
      },
    },
    widgets: [
      {
        slug: 'practice-open-files',
        label: 'Open files',
        Component: '/src/extensions/admin/open-files-widget#OpenFilesWidget',
        minWidth: 'small',
      },
    ],
    navLinks: ['/src/extensions/admin/open-files-link#OpenFilesLink'],
  },
}
