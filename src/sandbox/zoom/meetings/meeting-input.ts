import { z } from 'zod'
import { isTimeZone } from '../../shared/is-time-zone'

/** What a meeting in a request may say. Names that are not here are refused. */

const choice = <Values extends readonly [string, ...string[]]>(...values: Values) => z.enum(values).optional()
const flag = z.boolean().optional()

const settings = z.strictObject({
  host_video: flag,
  participant_video: flag,
  join_before_host: flag,
  /** Minutes before the start from which one may join before the host; 0 = at any time. */
  jbh_time: z.union([z.literal(0), z.literal(5), z.literal(10), z.literal(15)]).optional(),
  mute_upon_entry: flag,
  waiting_room: flag,
  auto_recording: choice('none', 'local', 'cloud'),
  approval_type: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
  audio: choice('both', 'telephony', 'voip', 'thirdParty'),
  alternative_hosts: z.string().optional(),
  alternative_hosts_email_notification: flag,
  calendar_type: z.union([z.literal(1), z.literal(2)]).optional(),
  email_notification: flag,
  meeting_authentication: flag,
  private_meeting: flag,
  use_pmi: z.literal(false).optional(),
  watermark: flag,
  encryption_type: choice('enhanced_encryption', 'e2ee'),
})

/** With `Z`, or as a wall clock of `timezone`. */
const startTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ?$/, 'Invalid field.')
  .refine((text) => !Number.isNaN(Date.parse(text.endsWith('Z') ? text : `${text}Z`)), 'Invalid field.')

const fields = {
  topic: z.string().max(200),
  agenda: z.string().max(2000),
  start_time: startTime,
  duration: z.int().min(1).max(1440),
  timezone: z.string().refine(isTimeZone, 'Invalid field.'),
  password: z.string().regex(/^[\w@*-]{1,10}$/, 'Invalid field.'),
  settings,
}

/** Meetings at once (1) and for a time (2); those that recur are not here. */
export const meetingInput = z
  .strictObject({ ...fields, type: z.union([z.literal(1), z.literal(2)]), default_password: z.boolean() })
  .partial()

export const meetingChange = z.strictObject(fields).partial()

export type MeetingInput = z.output<typeof meetingInput>
