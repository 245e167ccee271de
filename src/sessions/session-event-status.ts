import { sessionPhases, sessionRow, type SessionState } from './session-states'

/** How a session stands in calendars (the STATUS of RFC 5545). */
export const sessionEventStatus = (status: SessionState) => sessionPhases[sessionRow(status).phase].calendar
