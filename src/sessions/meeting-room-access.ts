import type { FieldAccess } from 'payload'
import { customerField, hostField } from '#access/field-access'
import type { SessionState } from './session-states'

const withRoom: readonly SessionState[] = ['scheduled', 'in_progress']

/**
 * The room of a session: staff and its consultant see it always, its customer while there is one to go to. Before they have paid, and once it
 * is over, it is the host's alone, through every API alike.
 */
export const meetingRoomField: FieldAccess = async (args) =>
  (await hostField(args)) || (withRoom.includes(args.doc?.status) && (await customerField(args)))
