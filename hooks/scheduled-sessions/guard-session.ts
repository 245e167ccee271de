import type { CollectionBeforeChangeHook } from 'payload'
import type { ScheduledSession } from '#payload-types'
import { prepareSessionChange } from '#sessions/change/prepare-session-change'
import { prepareNewSession } from '#sessions/create/prepare-new-session'

/** The gate: a session changes along the table of states or not at all, whoever writes. */
export const guardSession: CollectionBeforeChangeHook<ScheduledSession> = ({ data, operation, originalDoc, req }) =>
  operation === 'create' || !originalDoc ? prepareNewSession(req, data) : prepareSessionChange(req, data, originalDoc)
