import { z } from 'zod'

/** What an event in a request may say. Names that are not here are refused; what only Google writes is taken and ignored. */

/** `null` says the same as nothing. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)
const text = (max: number) => optional(z.string().max(max))

const time = z.strictObject({ date: text(20), dateTime: text(40), timeZone: text(100) })

const attendee = z.strictObject({
  id: text(1024),
  email: z.string().regex(/^[^\s@]+@[^\s@]+$/, 'not an email address'),
  displayName: text(1024),
  organizer: optional(z.boolean()),
  self: optional(z.boolean()),
  resource: optional(z.boolean()),
  optional: optional(z.boolean()),
  responseStatus: optional(z.enum(['needsAction', 'declined', 'tentative', 'accepted'])),
  comment: text(8192),
  additionalGuests: optional(z.int().min(0)),
})

/** Names of 44 characters, values of 1024; `null` removes one in a patch. */
const properties = z
  .record(z.string().min(1).max(44), z.string().max(1024).nullable())
  .transform((given) =>
    Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
  )

const autoDecline = optional(
  z.enum(['declineNone', 'declineAllConflictingInvitations', 'declineOnlyNewConflictingInvitations']),
)

const solutionKey = z.strictObject({ type: text(100) })

const conferenceData = z.strictObject({
  conferenceId: text(512),
  conferenceSolution: optional(z.strictObject({ key: optional(solutionKey), name: text(512), iconUri: text(2048) })),
  createRequest: optional(
    z.strictObject({
      requestId: text(512),
      conferenceSolutionKey: optional(solutionKey),
      status: optional(z.strictObject({ statusCode: text(20) })),
    }),
  ),
  entryPoints: optional(
    z.array(
      z.strictObject({
        entryPointType: optional(z.enum(['video', 'phone', 'sip', 'more'])),
        uri: text(1300),
        label: text(512),
        pin: text(128),
        accessCode: text(128),
        meetingCode: text(128),
        passcode: text(128),
        password: text(128),
        regionCode: text(10),
        entryPointFeatures: optional(z.array(z.string())),
      }),
    ),
  ),
  notes: text(2048),
  signature: text(2048),
})

const person = z.strictObject({
  id: text(1024),
  email: text(1024),
  displayName: text(1024),
  self: optional(z.boolean()),
})

export const eventInput = z.strictObject({
  id: text(1024),
  iCalUID: text(1024),
  summary: text(1024),
  description: text(8192),
  location: text(1024),
  colorId: optional(z.string().regex(/^([1-9]|1[01])$/, 'not a colour')),
  start: optional(time),
  end: optional(time),
  recurrence: optional(z.array(z.string().max(10_000)).max(100)),
  originalStartTime: optional(time),
  status: optional(z.enum(['confirmed', 'tentative', 'cancelled'])),
  transparency: optional(z.enum(['opaque', 'transparent'])),
  visibility: optional(z.enum(['default', 'public', 'private', 'confidential'])),
  sequence: optional(z.int().min(0)),
  attendees: optional(z.array(attendee).max(200)),
  attendeesOmitted: optional(z.boolean()),
  anyoneCanAddSelf: optional(z.boolean()),
  guestsCanInviteOthers: optional(z.boolean()),
  guestsCanModify: optional(z.boolean()),
  guestsCanSeeOtherGuests: optional(z.boolean()),
  extendedProperties: optional(z.strictObject({ private: optional(properties), shared: optional(properties) })),
  conferenceData: optional(conferenceData),
  reminders: optional(
    z.strictObject({
      useDefault: optional(z.boolean()),
      overrides: optional(
        z.array(z.strictObject({ method: z.enum(['email', 'popup']), minutes: z.int().min(0).max(40_320) })).max(5),
      ),
    }),
  ),
  source: optional(z.strictObject({ title: text(1024), url: optional(z.url({ protocol: /^https?$/ })) })),
  eventType: optional(z.enum(['default', 'outOfOffice', 'focusTime', 'workingLocation', 'birthday', 'fromGmail'])),
  outOfOfficeProperties: optional(z.strictObject({ autoDeclineMode: autoDecline, declineMessage: text(8192) })),
  focusTimeProperties: optional(
    z.strictObject({
      autoDeclineMode: autoDecline,
      declineMessage: text(8192),
      chatStatus: optional(z.enum(['available', 'doNotDisturb'])),
    }),
  ),
  workingLocationProperties: optional(
    z.strictObject({
      type: optional(z.enum(['homeOffice', 'officeLocation', 'customLocation'])),
      homeOffice: optional(z.looseObject({})),
      customLocation: optional(z.strictObject({ label: text(1024) })),
      officeLocation: optional(
        z.strictObject({
          buildingId: text(1024),
          deskId: text(1024),
          floorId: text(1024),
          floorSectionId: text(1024),
          label: text(1024),
        }),
      ),
    }),
  ),
  birthdayProperties: optional(z.strictObject({ type: text(100), contact: text(1024), customTypeName: text(1024) })),
  kind: z.literal('calendar#event').optional(),
  etag: text(1024),
  created: text(40),
  updated: text(40),
  creator: optional(person),
  organizer: optional(person),
  htmlLink: text(2048),
  hangoutLink: text(2048),
  recurringEventId: text(1024),
  locked: optional(z.boolean()),
  privateCopy: optional(z.boolean()),
  endTimeUnspecified: optional(z.boolean()),
})

export type EventInput = z.output<typeof eventInput>
