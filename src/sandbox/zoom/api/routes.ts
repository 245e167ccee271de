import { meetingRoutes } from '../resources/meetings'
import { pastMeetingRoutes } from '../resources/past-meetings'
import { recordingRoutes } from '../resources/recordings'
import { userRoutes } from '../resources/users'
import type { Route } from './route'

/** The whole API of the sandbox. A call that is not here is refused, as Zoom refuses what it does not have. */
export const routes: readonly Route[] = [...userRoutes, ...meetingRoutes, ...pastMeetingRoutes, ...recordingRoutes]
