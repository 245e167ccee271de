import type { FieldAccess } from 'payload'
import { customerField, hostField } from '#access/field-access'
import { isOneOf } from '#shared/state-table'
import { liveSessions } from './session-states'

/**
 * The room of a session: staff and its consultant see it always, its customer while there is one to go to. Before they have paid, and once it
 * is over, it is the host's alone, through every API alike.
 */
export const meetingRoomField: FieldAccess = async (args) =>
  (await hostField(args)) || (isOneOf(liveSessions, args.doc?.status) && (await customerField(args)))
