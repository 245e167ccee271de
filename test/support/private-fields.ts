import type { CollectionSlug } from 'payload'

/**
 * Who sees a field, of those who see the record: `nobody` (not even administrators), `staff`, or staff and the side named;
 * `owner` is the owner alone.
 * What is not listed is seen by everybody who sees the record.
 */
export type Audience = 'nobody' | 'staff' | 'consultant' | 'customer' | 'both' | 'self' | 'owner'

/** Every field with a rule of its own; a group stands for all that is in it, unless that is listed as well. */
export const privateFields = {
  users: {
    _verificationToken: 'nobody',
    hash: 'nobody',
    salt: 'nobody',
    resetPasswordToken: 'nobody',
    resetPasswordExpiration: 'nobody',
    resetPasswordRequestedAt: 'nobody',
    loginAttempts: 'nobody',
    lockUntil: 'nobody',
    sessions: 'owner',
  },
  customers: {
    user: 'self',
    email: 'self',
    phone: 'self',
    profileImage: 'self',
    company: 'self',
    role: 'self',
    preferences: 'self',
    statistics: 'self',
    stripeCustomerId: 'staff',
    defaultPaymentMethodId: 'staff',
    savedPaymentMethods: 'self',
    'savedPaymentMethods.stripePaymentMethodId': 'staff',
    address: 'self',
    status: 'self',
    emailVerified: 'self',
    internalNotes: 'staff',
  },
  'consultant-profiles': {
    user: 'self',
    email: 'self',
    phone: 'self',
    'availability.workingHours': 'self',
    'availability.breakTimes': 'self',
    'availability.unavailableDates': 'self',
    'consulting.meetingUrl': 'self',
    paymentSettings: 'self',
    'statistics.totalEarnings': 'self',
    subscriptionPlan: 'self',
    internalNotes: 'staff',
    rulesVersion: 'nobody',
    feedTokenHash: 'nobody',
  },
  'service-types': {},
  media: {},
  'availability-schedules': {},
  'availability-slots': {
    schedule: 'consultant',
    occupiedFrom: 'consultant',
    occupiedUntil: 'consultant',
    scheduledSession: 'consultant',
    customer: 'consultant',
    bookedAt: 'consultant',
    holdExpiresAt: 'consultant',
    holdTokenHash: 'nobody',
    description: 'consultant',
    isRecurring: 'consultant',
    recurrenceRule: 'consultant',
    parentSlot: 'consultant',
    isManuallyBlocked: 'consultant',
    blockReason: 'consultant',
    expiredAt: 'consultant',
  },
  'calendar-connections': {
    externalAccountId: 'staff',
    scopes: 'staff',
    accessToken: 'nobody',
    refreshToken: 'nobody',
    feedUrl: 'nobody',
    tokenExpiresAt: 'staff',
    syncToken: 'nobody',
    generation: 'staff',
    watch: 'staff',
    'watch.tokenHash': 'nobody',
  },
  'busy-times': { sourceId: 'staff', generation: 'staff' },
  'consultation-requests': { statusHistory: 'both', internalNotes: 'staff', manageTokenHash: 'nobody' },
  'scheduled-sessions': {
    slot: 'consultant',
    'price.platformFeeAmount': 'consultant',
    'price.consultantPayoutAmount': 'consultant',
    'price.platformFeeBps': 'consultant',
    'meeting.hostUrl': 'consultant',
    consultantNotes: 'consultant',
    consultantFeedback: 'consultant',
    internalNotes: 'staff',
    statusHistory: 'consultant',
    'rescheduleHistory.fromSlot': 'consultant',
    'rescheduleHistory.toSlot': 'consultant',
    'rescheduleHistory.by': 'consultant',
    reminders: 'consultant',
    sequence: 'consultant',
    calendarEvent: 'consultant',
    manageTokenHash: 'nobody',
  },
  meetings: {
    'participants.userId': 'consultant',
    'participants.email': 'staff',
    recordingId: 'consultant',
    eventCount: 'consultant',
  },
  reviews: {
    scheduledSession: 'both',
    customer: 'both',
    npsScore: 'customer',
    problemResolved: 'both',
    'moderation.status': 'both',
    'moderation.reason': 'staff',
    'moderation.at': 'staff',
  },
  payments: {
    platformFeeAmount: 'consultant',
    platformFeePercentage: 'consultant',
    consultantPayoutAmount: 'consultant',
    payout: 'consultant',
    stripe: 'staff',
    checkout: 'staff',
    metadata: 'staff',
    attempt: 'staff',
    idempotencyKey: 'staff',
    internalNotes: 'staff',
  },
  refunds: {
    platformFeeAmount: 'consultant',
    consultantPayoutAmount: 'consultant',
    requestedBy: 'consultant',
    requestedByRole: 'consultant',
    stripeRefundId: 'staff',
    failureReason: 'staff',
    attempt: 'staff',
    idempotencyKey: 'staff',
    internalNotes: 'staff',
  },
  'ledger-entries': {},
  'stripe-events': {},
  notifications: {
    kind: 'staff',
    audience: 'staff',
    delivery: 'staff',
    dedupeKey: 'staff',
    metadata: 'staff',
  },
} as const satisfies Partial<Record<CollectionSlug, Record<string, Audience>>>

/** The rule of the field itself, or of the nearest group around it. */
export const audienceOf = (collection: keyof typeof privateFields, path: string): Audience | 'all' => {
  const rules: Readonly<Record<string, Audience>> = privateFields[collection]
  const parts = path.split('.')
  for (let length = parts.length; length > 0; length--) {
    const rule = rules[parts.slice(0, length).join('.')]
    if (rule) return rule
  }
  return 'all'
}
