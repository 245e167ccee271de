import type { ServiceType } from '#payload-types'

/** The name of a provider of rooms, as it is stored; an installation's own types have those that it adds. */
export type MeetingProvider = NonNullable<ServiceType['meetingProvider']>
