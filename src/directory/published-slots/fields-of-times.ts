import type { AvailabilitySchedule, BookingSetting, ConsultantProfile, ServiceType } from '#payload-types'

/** Whether a field decides about which times are offered, how long they are or what they cost. */
type TouchesTimes = 'times' | 'nothing'

/** The fields of a collection, groups field by field where only some of theirs do; a list or a group that is named as a whole counts as one. */
type FieldsOf<Doc> = {
  readonly [Field in keyof Doc]?: TouchesTimes | { readonly [Part in keyof NonNullable<Doc[Field]>]?: TouchesTimes }
}

/**
 * What calls for a new publication of free time, field by field. A field that is not here is one of an installation, which the rules of times
 * do not know. `test/unit/directory/fields-of-times.test.ts` finds one of the product that is missing.
 */
export const fieldsOfTimes = {
  'service-types': {
    name: 'nothing',
    slug: 'nothing',
    description: 'nothing',
    durations: 'times',
    defaultDurationMinutes: 'times',
    isFree: 'times',
    prices: 'times',
    currency: 'times',
    isActive: 'times',
    requiresConfirmation: 'nothing',
    confirmsEmail: 'nothing',
    bufferBeforeMinutes: 'times',
    bufferAfterMinutes: 'times',
    cancellationPolicy: 'nothing',
    intakeQuestions: 'nothing',
    // Of those who offer it, whoever came or went is looked for by itself.
    consultants: 'nothing',
    attributes: 'nothing',
    meetingProvider: 'nothing',
    sortOrder: 'nothing',
  } satisfies FieldsOf<ServiceType>,
  'consultant-profiles': {
    user: 'nothing',
    slug: 'nothing',
    name: 'nothing',
    email: 'nothing',
    headline: 'nothing',
    bio: 'nothing',
    phone: 'nothing',
    location: 'nothing',
    company: 'nothing',
    website: 'nothing',
    profileImage: 'nothing',
    specialties: 'nothing',
    languages: 'nothing',
    certifications: 'nothing',
    yearsOfExperience: 'nothing',
    attributes: 'nothing',
    availability: 'times',
    consulting: {
      sessionDurations: 'times',
      defaultDuration: 'times',
      basePrice: 'times',
      currency: 'times',
      cancellationPolicy: 'nothing',
      meetingUrl: 'nothing',
    },
    paymentSettings: 'nothing',
    statistics: 'nothing',
    subscriptionPlan: 'nothing',
    isVerified: 'nothing',
    isPublic: 'times',
    internalNotes: 'nothing',
    rulesVersion: 'nothing',
    feedTokenHash: 'nothing',
    _status: 'times',
  } satisfies FieldsOf<ConsultantProfile>,
  'availability-schedules': {
    consultant: 'times',
    name: 'nothing',
    type: 'times',
    weeklyPattern: 'times',
    recurrences: 'times',
    dateExceptions: 'times',
    isActive: 'times',
    appliedFrom: 'times',
    appliedTo: 'times',
  } satisfies FieldsOf<AvailabilitySchedule>,
  'booking-settings': {
    platformFeePercentage: 'nothing',
    // What is held is no free time, for however long it is held; new holds do not change those that there are.
    holdMinutes: 'nothing',
    emailConfirmMinutes: 'nothing',
    // Who may take more of it: what is free stays free.
    bounds: 'nothing',
    paymentDeadlineMinutes: 'nothing',
    paymentLinkHours: 'nothing',
    requestExpiryHours: 'nothing',
    cancellationPolicy: 'nothing',
    reschedulePolicy: 'nothing',
    noShowRefundPercentage: 'nothing',
    noShowClaimHours: 'nothing',
    reminders: 'nothing',
    completionGraceMinutes: 'nothing',
    payoutDelayHours: 'nothing',
    invoiceIssuer: 'nothing',
    // In which prices may be set from now on; those that are set stay.
    currencies: 'nothing',
    defaultCurrency: 'nothing',
    secondFactor: 'nothing',
    bookableWhileStale: 'times',
    defaultMeetingProvider: 'nothing',
    retention: 'nothing',
  } satisfies FieldsOf<BookingSetting>,
} as const

/** A collection, or a global, whose fields decide about times. */
export type OwnerOfTimes = keyof typeof fieldsOfTimes
