/** Who fills a column in a form, instead of a flow. */
export const people = {
  staff: 'Staff, in the admin',
  consultants: 'Consultants, in the admin',
  customers: 'Customers, through the API',
  recipients: 'Whom it is for, through the API',
  payload: 'Payload',
} as const

/** Whom a form is read by where no function heeds it: those for whom it is written. */
export const readers = {
  colleagues: 'Colleagues, in the admin',
  frontEnds: 'Front ends, through the API',
} as const

export type Filling = {
  /** Name of the exported function that fills these, or a key of {@link people}. */
  by: string
  /** For what people fill in: name of the exported function that heeds it, or a key of {@link readers}. */
  heededBy?: string
  /** Titles of tests (`describe › test`); each field is spoken of in at least one. */
  shownBy: readonly string[]
  /** Paths within the collection; `*` stands for every day of the week, `path=word` says under which word the tests speak of it. */
  fields: readonly string[]
}

/**
 * Who fills each column of the product, and which tests show it. Functions and tests are named, not placed, so that both may move. A test
 * finds each name, reads whether the function speaks of the field and whether the tests do, and compares with the collections.
 */
export const fillings: Readonly<Record<string, readonly Filling[]>> = {
  users: [
    {
      by: 'payload',
      shownBy: ['registering › mails a link; opening it lets one log in and find what one booked as a guest', 'registration › wants a password of ten characters, here and when it is reset'],
      fields: ['email', 'hash', 'salt', '_verified', 'loginAttempts', 'lockUntil', 'sessions.expiresAt'],
    },
    {
      by: 'staff',
      heededBy: 'linkCustomer',
      shownBy: ['registering › mails a link; opening it lets one log in and find what one booked as a guest'],
      fields: ['name'],
    },
    {
      by: 'staff',
      heededBy: 'hasRole',
      shownBy: ['operations set no roles, and nobody sets roles of their own'],
      fields: ['roles'],
    },
    {
      by: 'staff',
      heededBy: 'refuseDeactivatedLogin',
      shownBy: ['a deactivated user › has none either when it was done by SQL, and has it back afterwards'],
      fields: ['isActive'],
    },
    {
      by: 'storeLastLogin',
      shownBy: ['accounts › the last login is recorded'],
      fields: ['lastLoginAt'],
    },
  ],
  customers: [
    {
      by: 'findOrCreateCustomer',
      shownBy: ['what is written down about a booking › holds all that the customer said, and who they are'],
      fields: ['email', 'name', 'phone', 'timeZone', 'language', 'status'],
    },
    {
      by: 'findOrCreateCustomer',
      shownBy: ['booking › takes those of the session and of the customer, and answers what the customer reads'],
      fields: ['attributes'],
    },
    {
      by: 'linkCustomer',
      shownBy: ['registering › mails a link; opening it lets one log in and find what one booked as a guest'],
      fields: ['user', 'emailVerified'],
    },
    {
      by: 'staff',
      heededBy: 'findInvoiceFacts',
      shownBy: ['what is written into forms › is printed on invoices: the address of the customer'],
      fields: ['company', 'address.street', 'address.city', 'address.state', 'address.zipCode', 'address.country'],
    },
    {
      by: 'customers',
      heededBy: 'decideDelivery',
      shownBy: ['decideDelivery › leaves reminders alone that nobody wants, and sends the rest'],
      fields: ['preferences.emailNotifications', 'preferences.remindersEnabled'],
    },
    {
      by: 'refreshStatistics',
      shownBy: ['statistics › are counted from what happened: bookings, what was earned and spent, per currency'],
      fields: ['statistics.totalBookings', 'statistics.totalSpent', 'statistics.averageSpentPerSession'],
    },
    {
      by: 'storeStripeCustomer',
      shownBy: ['a saved card › goes with the customer at Stripe, who is made anew when needed'],
      fields: ['stripeCustomerId'],
    },
    {
      by: 'forgetStripeCustomer',
      shownBy: ['a saved card › goes with the customer at Stripe, who is made anew when needed'],
      fields: ['stripeCustomerAttempt'],
    },
    {
      by: 'storeSavedCards',
      shownBy: ['saving a card › is stored by the events alone', 'a saved card › that is the default can be removed: no other one takes its place'],
      fields: ['defaultPaymentMethodId', 'savedPaymentMethods.stripePaymentMethodId', 'savedPaymentMethods.isDefault', 'savedPaymentMethods.cardLast4', 'savedPaymentMethods.cardBrand', 'savedPaymentMethods.cardExpMonth', 'savedPaymentMethods.cardExpYear', 'paymentMethodsSyncedAt'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written into forms › is kept for colleagues: notes of operations on records that nobody else writes'],
      fields: ['internalNotes'],
    },
  ],
  'consultant-profiles': [
    {
      by: 'staff',
      heededBy: 'presentConsultant',
      shownBy: ['what is browsed › shows what everybody may read of consultants and service types'],
      fields: ['attributes'],
    },
    {
      by: 'staff',
      heededBy: 'findActingConsultant',
      shownBy: ['onboarding › is for the consultant and for staff who name one, and nobody else'],
      fields: ['user'],
    },
    {
      by: 'staff',
      heededBy: 'findConsultantEmail',
      shownBy: ['onboarding › opens one Express account for the consultant and leads to Stripe'],
      fields: ['email'],
    },
    {
      by: 'staff',
      heededBy: 'presentConsultant',
      shownBy: ['GET /booking/consultants/:slug › answers the public profile with what it offers, in the documented shape', 'what is written into forms › is shown to the public: texts of a profile and a service type, the picture, the order'],
      fields: ['slug', 'name', 'headline', 'bio', 'location', 'company', 'website', 'profileImage', 'specialties', 'languages', 'certifications', 'yearsOfExperience'],
    },
    {
      by: 'consultants',
      heededBy: 'toRules',
      shownBy: ['what is written into forms › decides what is offered: working hours, breaks, days off, and whether at all'],
      fields: ['availability.timeZone', 'availability.isAvailable', 'availability.workingHours.*.enabled', 'availability.workingHours.*.startTime', 'availability.workingHours.*.endTime', 'availability.breakTimes.recurring', 'availability.breakTimes.day', 'availability.breakTimes.date', 'availability.breakTimes.startTime', 'availability.breakTimes.endTime', 'availability.unavailableDates.date', 'availability.unavailableDates.lastDate'],
    },
    {
      by: 'consultants',
      heededBy: 'findOfferState',
      shownBy: ['what is written into forms › decides what is offered: the horizon, the pause, and the steps of a schedule', 'the sweep of every minute › takes away what the notice forbids by now'],
      fields: ['availability.minBookingNoticeHours', 'availability.maxAdvanceBookingDays', 'availability.bufferTimeMinutes'],
    },
    {
      by: 'staff',
      heededBy: 'priceFor',
      shownBy: ['GET /booking/consultants › follows a new price, a new name and hiding at once'],
      fields: ['consulting.basePrice', 'consulting.currency'],
    },
    {
      by: 'staff',
      heededBy: 'offeredDurations',
      shownBy: ['refreshDirectory › prices the length that is offered first, as bookings do'],
      fields: ['consulting.sessionDurations'],
    },
    {
      by: 'staff',
      heededBy: 'resolvePolicy',
      shownBy: ['GET /booking/consultants/:slug › answers the public profile with what it offers, in the documented shape'],
      fields: ['consulting.cancellationPolicy.refundableBeforeHours', 'consulting.cancellationPolicy.refundPercentage', 'consulting.cancellationPolicy.lateRefundPercentage'],
    },
    {
      by: 'staff',
      heededBy: 'composeSession',
      shownBy: ['what is written into forms › decides where a session is held, and how long a time is held'],
      fields: ['consulting.meetingUrl'],
    },
    {
      by: 'mirrorPayoutAccount',
      shownBy: ['onboarding › opens one Express account for the consultant and leads to Stripe'],
      fields: ['paymentSettings.stripeAccountId', 'paymentSettings.payoutsEnabled', 'paymentSettings.detailsSubmitted', 'paymentSettings.disabledReason'],
    },
    {
      by: 'refreshStatistics',
      shownBy: ['statistics › are counted from what happened: bookings, what was earned and spent, per currency'],
      fields: ['statistics.totalBookings', 'statistics.totalEarnings'],
    },
    {
      by: 'refreshRating',
      shownBy: ['the rating of the consultant follows what is shown'],
      fields: ['statistics.averageRating', 'statistics.reviewCount'],
    },
    {
      by: 'staff',
      heededBy: 'findOfferState',
      shownBy: ['GET /booking/consultants › follows a new price, a new name and hiding at once', 'profiles › are published and unpublished by operations alone'],
      fields: ['isPublic', '_status'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written into forms › is kept for colleagues: notes of operations on records that nobody else writes', 'what is written into forms › decides what is offered: working hours, breaks, days off, and whether at all'],
      fields: ['internalNotes', 'availability.unavailableDates.reason'],
    },
    {
      by: 'bumpConsultantRules',
      shownBy: ['the version of the rules › rises with every change of the profile and of its schedules; what touches times publishes them anew'],
      fields: ['rulesVersion=version'],
    },
    {
      by: 'storeFeedToken',
      shownBy: ['the calendar feed of a consultant › keeps its address only as a hash'],
      fields: ['feedTokenHash'],
    },
  ],
  'custom-attributes': [
    {
      by: 'staff',
      heededBy: 'listAttributeDefinitions',
      shownBy: ['an attribute › is what operations have written into its form'],
      fields: ['subject', 'key', 'label', 'help', 'type', 'options.value=choices', 'options.label', 'required', 'min', 'max', 'readableBy', 'writableBy', 'serviceTypes', 'isInMessages', 'position', 'isActive'],
    },
  ],
  'service-types': [
    {
      by: 'staff',
      heededBy: 'presentServiceType',
      shownBy: ['what is browsed › shows what everybody may read of consultants and service types'],
      fields: ['attributes'],
    },
    {
      by: 'staff',
      heededBy: 'presentServiceType',
      shownBy: ['GET /booking/consultants/:slug › answers the public profile with what it offers, in the documented shape', 'what is written into forms › is shown to the public: texts of a profile and a service type, the picture, the order'],
      fields: ['name', 'slug', 'description', 'requiresConfirmation'],
    },
    {
      by: 'staff',
      heededBy: 'prepareNewSession',
      shownBy: ['a free booking that waits for the mailed link › waits where its service type says so, and nowhere else'],
      fields: ['confirmsEmail'],
    },
    {
      by: 'staff',
      heededBy: 'offeredDurations',
      shownBy: ['GET /booking/consultants/:slug › answers the public profile with what it offers, in the documented shape'],
      fields: ['durations', 'defaultDurationMinutes'],
    },
    {
      by: 'staff',
      heededBy: 'priceFor',
      shownBy: ['GET /booking/consultants/:slug › answers the public profile with what it offers, in the documented shape', 'GET /booking/service-types › lists what is sold in the order of operations, with the prices that do not depend on the consultant'],
      fields: ['isFree', 'prices.durationMinutes', 'prices.amount', 'prices.currency', 'currency'],
    },
    {
      by: 'staff',
      heededBy: 'findOfferState',
      shownBy: ['free time over all consultants › counts only for the service type that is asked for', 'what is taken › is kept clear of the buffers too', 'refreshDirectory › forgets what is not offered any more'],
      fields: ['isActive', 'bufferBeforeMinutes', 'bufferAfterMinutes', 'consultants'],
    },
    {
      by: 'staff',
      heededBy: 'resolvePolicy',
      shownBy: ['GET /booking/consultants/:slug › answers the public profile with what it offers, in the documented shape'],
      fields: ['cancellationPolicy.refundableBeforeHours', 'cancellationPolicy.refundPercentage', 'cancellationPolicy.lateRefundPercentage'],
    },
    {
      by: 'staff',
      heededBy: 'toQuestions',
      shownBy: ['GET /booking/consultants/:slug › answers the public profile with what it offers, in the documented shape'],
      fields: ['intakeQuestions.key', 'intakeQuestions.label', 'intakeQuestions.type', 'intakeQuestions.options.value', 'intakeQuestions.options.label', 'intakeQuestions.required'],
    },
    {
      by: 'staff',
      heededBy: 'composeSession',
      shownBy: ['a session that is saved by somebody who read it before its room was made › is held where its host says, in rooms that no provider makes'],
      fields: ['meetingProvider'],
    },
    {
      by: 'staff',
      heededBy: 'listServiceTypes',
      shownBy: ['what is written into forms › is shown to the public: texts of a profile and a service type, the picture, the order'],
      fields: ['sortOrder'],
    },
  ],
  media: [
    {
      by: 'staff',
      heededBy: 'presentConsultant',
      shownBy: ['what is written into forms › is shown to the public: texts of a profile and a service type, the picture, the order'],
      fields: ['alt'],
    },
    {
      by: 'staff',
      heededBy: 'findConsultantDetails',
      shownBy: ['what is written into forms › is shown to the public: texts of a profile and a service type, the picture, the order'],
      fields: ['isPublic'],
    },
    {
      by: 'recordUploader',
      shownBy: ['what is written into forms › is shown to the public: texts of a profile and a service type, the picture, the order'],
      fields: ['uploadedBy'],
    },
    {
      by: 'payload',
      shownBy: ['what is written into forms › is shown to the public: texts of a profile and a service type, the picture, the order'],
      fields: ['url', 'thumbnailURL', 'filename', 'mimeType', 'filesize', 'width', 'height', 'focalX', 'focalY', 'sizes.thumbnail.url', 'sizes.thumbnail.width', 'sizes.thumbnail.height', 'sizes.thumbnail.mimeType', 'sizes.thumbnail.filesize', 'sizes.thumbnail.filename', 'sizes.card.url', 'sizes.card.width', 'sizes.card.height', 'sizes.card.mimeType', 'sizes.card.filesize', 'sizes.card.filename'],
    },
  ],
  'availability-schedules': [
    {
      by: 'consultants',
      heededBy: 'toRules',
      shownBy: ['what is written into forms › is what a weekly and a monthly schedule step by', 'what is written into forms › decides what is offered: the horizon, the pause, and the steps of a schedule', 'publishSlots › names the schedule that decides about the day'],
      fields: ['consultant', 'type', 'weeklyPattern.*.enabled', 'weeklyPattern.*.slots.startTime', 'weeklyPattern.*.slots.endTime', 'weeklyPattern.*.slots.slotDurationMinutes', 'weeklyPattern.*.slots.isAvailable', 'recurrences.rrule', 'recurrences.slots.startTime', 'recurrences.slots.endTime', 'recurrences.slots.slotDurationMinutes', 'recurrences.slots.isAvailable', 'dateExceptions.date', 'dateExceptions.isAvailable', 'dateExceptions.slots.startTime', 'dateExceptions.slots.endTime', 'dateExceptions.slots.slotDurationMinutes', 'dateExceptions.slots.isAvailable', 'appliedFrom', 'appliedTo'],
    },
    {
      by: 'consultants',
      heededBy: 'findOfferState',
      shownBy: ['what is written into forms › is what a weekly and a monthly schedule step by'],
      fields: ['isActive'],
    },
    {
      by: 'consultants',
      heededBy: 'colleagues',
      shownBy: ['what is written into forms › is what a weekly and a monthly schedule step by'],
      fields: ['name'],
    },
  ],
  'availability-slots': [
    {
      by: 'insertClaim',
      shownBy: ['what is written down about a booking › holds the claim on the time, as a hold first and then as booked', 'publishSlots › publishes exactly what is offered, in the default length, with everything filled in'],
      fields: ['consultant', 'serviceType', 'startsAt', 'endsAt', 'occupiedFrom', 'occupiedUntil', 'durationMinutes', 'timeZone', 'price', 'currency', 'status', 'scheduledSession', 'customer', 'bookedAt', 'holdExpiresAt', 'holdTokenHash'],
    },
    {
      by: 'insertClaim',
      shownBy: ['a free booking that waits for the mailed link › is agreed by the button, of which both then hear, and not by pressing it again', 'a free booking that waits for the mailed link › asks the consultant for a yes after that, where one is needed'],
      fields: ['claimedBy', 'claimedInbox'],
    },
    {
      by: 'writePublishedDiff',
      shownBy: ['publishSlots › names the schedule that decides about the day'],
      fields: ['schedule'],
    },
    {
      by: 'prepareSlotChange',
      shownBy: ['blocking time by hand › fills in the rest, takes the time, and publishes what is left'],
      fields: ['isManuallyBlocked'],
    },
    {
      by: 'consultants',
      heededBy: 'toRecurringBlock',
      shownBy: ['a block that comes back › takes its time each time: nothing of it is listed or held, and the rest is'],
      fields: ['isRecurring', 'recurrenceRule'],
    },
    {
      by: 'consultants',
      heededBy: 'colleagues',
      shownBy: ['a block that comes back › is found by its tags and its note'],
      fields: ['tags', 'description'],
    },
    {
      by: 'consultants',
      heededBy: 'colleagues',
      shownBy: ['blocking time by hand › fills in the rest, takes the time, and publishes what is left'],
      fields: ['blockReason'],
    },
    {
      by: 'expireHold',
      shownBy: ['what is written down about a booking › holds when a hold ran out'],
      fields: ['expiredAt'],
    },
  ],
  'calendar-connections': [
    {
      by: 'storeConnection',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['consultant', 'provider', 'status', 'accountEmail', 'externalAccountId', 'scopes', 'accessToken', 'refreshToken', 'tokenExpiresAt', 'connectedAt'],
    },
    {
      by: 'storeConnection',
      shownBy: ['what is written down about calendars › holds the address of a calendar file, unreadable'],
      fields: ['feedUrl'],
    },
    {
      by: 'storeCalendarList',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['calendarId'],
    },
    {
      by: 'storeDisconnect',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['disconnectedAt'],
    },
    {
      by: 'storeBusyTimes',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['syncedAt'],
    },
    {
      by: 'storeSyncFailure',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['staleSince', 'lastError'],
    },
    {
      by: 'takeStaleConnections',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['toldAt'],
    },
  ],
  'connected-calendars': [
    {
      by: 'storeCalendarList',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['consultant', 'connection', 'calendarId', 'name', 'timeZone', 'isPrimary', 'isWritable', 'countsAsBusy', 'reading', 'generation'],
    },
    {
      by: 'storeBusyTimes',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['nextGeneration', 'readEvents', 'syncToken', 'pageToken', 'syncedAt', 'rebuiltAt', 'nextSyncAt'],
    },
    {
      by: 'storeSyncFailure',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['staleSince', 'failures', 'lastError'],
    },
  ],
  'busy-times': [
    {
      by: 'storeBusyTimes',
      shownBy: ['what is written down about calendars › holds an account, its calendars, and what blocks time in them'],
      fields: ['consultant', 'calendar', 'startsAt', 'endsAt', 'sourceId', 'generation'],
    },
  ],
  'calendar-events': [
    {
      by: 'wantCalendarEvent',
      shownBy: ['what is written down about calendars › holds the entry of a session, how writing it failed, and what a person made of it'],
      fields: ['consultant', 'connection', 'scheduledSession', 'state', 'desiredVersion', 'eventId'],
    },
    {
      by: 'storeDelivered',
      shownBy: ['what is written down about calendars › holds the entry of a session, how writing it failed, and what a person made of it'],
      fields: ['deliveredVersion', 'placedAt', 'startsAt', 'endsAt', 'failures', 'nextAttemptAt'],
    },
    {
      by: 'noteAttempt',
      shownBy: ['what is written down about calendars › holds the entry of a session, how writing it failed, and what a person made of it'],
      fields: ['calendarId', 'attemptedAt'],
    },
    {
      by: 'takeNextId',
      shownBy: ['what is written down about calendars › holds the entry of a session, how writing it failed, and what a person made of it'],
      fields: ['idGeneration'],
    },
    {
      by: 'noteRemoval',
      shownBy: ['what is written down about calendars › holds the entry of a session, how writing it failed, and what a person made of it'],
      fields: ['removalAskedAt'],
    },
    {
      by: 'storeFailure',
      shownBy: ['what is written down about calendars › holds the entry of a session, how writing it failed, and what a person made of it'],
      fields: ['lastError'],
    },
  ],
  'calendar-differences': [
    {
      by: 'insertDifference',
      shownBy: ['what is written down about calendars › holds the entry of a session, how writing it failed, and what a person made of it'],
      fields: ['consultant', 'scheduledSession', 'calendarEvent', 'kind', 'status', 'externalStartsAt', 'externalEndsAt'],
    },
    {
      by: 'storeDifferenceState',
      shownBy: ['what is written down about calendars › holds the entry of a session, how writing it failed, and what a person made of it'],
      fields: ['decidedAt', 'decidedBy'],
    },
  ],
  'consultation-requests': [
    {
      by: 'createRequest',
      shownBy: ['what is written down about a booking › holds all of a request, and its details go into the session'],
      fields: ['requester', 'company', 'serviceType', 'preferredConsultant', 'preferredStart', 'preferredEnd', 'problemTitle', 'problemDescription', 'problemCategory', 'urgency', 'answers', 'timeZone', 'language'],
    },
    {
      by: 'staff',
      heededBy: 'acceptRequest',
      shownBy: ['what is written down about a booking › holds all of a request, and its details go into the session'],
      fields: ['requestDetails'],
    },
    {
      by: 'prepareNewRequest',
      shownBy: ['what is written down about a booking › holds all of a request, and its details go into the session'],
      fields: ['reference', 'manageTokenHash', 'status', 'statusHistory.from', 'statusHistory.to', 'statusHistory.at', 'statusHistory.by', 'statusHistory.actorRole', 'requestedAt', 'assignedConsultant', 'expiresAt'],
    },
    {
      by: 'prepareRequestChange',
      shownBy: ['what is written down about a booking › holds all of a request, and its details go into the session', 'rejecting a request › tells the requester the reason'],
      fields: ['statusHistory.reason', 'proposedTimes.startsAt', 'proposedTimes.endsAt', 'scheduledSession', 'rejectionReason'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written into forms › is kept for colleagues: notes of operations on records that nobody else writes'],
      fields: ['internalNotes'],
    },
  ],
  'scheduled-sessions': [
    {
      by: 'composeSession',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that', 'what is written down about a booking › holds all that the customer said, and who they are'],
      fields: ['reference', 'status', 'startsAt', 'endsAt', 'durationMinutes', 'price.amount', 'price.currency', 'price.platformFeeAmount', 'price.consultantPayoutAmount', 'price.platformFeeBps', 'price.cancellationPolicy', 'sequence', 'manageTokenHash'],
    },
    {
      by: 'prepareNewSession',
      shownBy: ['what is written down about a booking › holds all that the customer said, and who they are', 'what is written down about a booking › holds until when a link is to be paid and the consultant is to say yes, as operations have set', 'staff who book by %s › send a payment link: the session waits for it, holds its time, and ends with its deadline'],
      fields: ['consultant', 'customer', 'serviceType', 'timeZone', 'language', 'slot', 'paymentDeadline', 'confirmBy', 'payment'],
    },
    {
      by: 'prepareNewSession',
      shownBy: ['a free booking that waits for the mailed link › waits where its service type says so, and nowhere else'],
      fields: ['emailConfirmBy'],
    },
    {
      by: 'createSession',
      shownBy: ['booking › takes those of the session and of the customer, and answers what the customer reads'],
      fields: ['attributes'],
    },
    {
      by: 'createSession',
      shownBy: ['what is written down about a booking › holds all that the customer said, and who they are', 'what is written down about a booking › holds all of a request, and its details go into the session'],
      fields: ['request', 'problemTitle', 'problemDescription', 'problemCategory', 'urgency', 'answers', 'customerNotes'],
    },
    {
      by: 'staff',
      heededBy: 'decideCharge',
      shownBy: ['staff who book by %s › note what was paid elsewhere: scheduled at once, with a payment that has come in', 'staff who book by %s › charge nothing, and say why'],
      fields: ['charge', 'chargeReason', 'chargeReference'],
    },
    {
      by: 'staff',
      heededBy: 'prepareNewSession',
      shownBy: ['staff who book by %s › are told of a time that is not offered, and may book it once they say why', 'a session that staff move › is moved outside the offered times only with a reason, each time anew'],
      fields: ['outsideOfferedTimes.reason'],
    },
    {
      by: 'createMeeting',
      shownBy: ['what is written down about a booking › holds all that the customer said, and who they are'],
      fields: ['meeting.provider', 'meeting.joinUrl'],
    },
    {
      by: 'storeSessionRoom',
      shownBy: ['a session at Zoom › gets one meeting, in the account of its consultant, with its topic, time and length'],
      fields: ['meeting.meetingId'],
    },
    {
      by: 'storeSessionAttendance',
      shownBy: ['a session whose meeting is reported › is completed when the room closes after its time, with all that is known: reports %s'],
      fields: ['meeting.startedAt', 'meeting.endedAt', 'meeting.actualDurationMinutes', 'attendance.consultantJoinedAt', 'attendance.consultantLeftAt', 'attendance.customerJoinedAt', 'attendance.customerLeftAt'],
    },
    {
      by: 'consultants',
      heededBy: 'colleagues',
      shownBy: ['what is written into forms › is kept for colleagues: notes of operations on records that nobody else writes'],
      fields: ['consultantNotes', 'consultantFeedback.rating', 'consultantFeedback.reviewText'],
    },
    {
      by: 'linkReview',
      shownBy: ['POST /booking/sessions/:reference/review › stores what the customer says, shows it with the first name alone, and counts it'],
      fields: ['review'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written into forms › is kept for colleagues: notes of operations on records that nobody else writes'],
      fields: ['internalNotes'],
    },
    {
      by: 'prepareSessionChange',
      shownBy: ['what is written down about a booking › holds every move and who cancelled when and why', 'the gate of scheduled sessions › does for an operator in the admin exactly what the endpoint does'],
      fields: ['cancellation.by', 'cancellation.requestedAt', 'cancellation.approvedAt', 'cancellation.cancelledAt', 'cancellation.reason', 'statusHistory.from', 'statusHistory.to', 'statusHistory.at', 'statusHistory.by', 'statusHistory.actorRole', 'statusHistory.reason', 'rescheduleHistory.fromSlot', 'rescheduleHistory.toSlot', 'rescheduleHistory.fromStartsAt', 'rescheduleHistory.toStartsAt', 'rescheduleHistory.at', 'rescheduleHistory.by', 'rescheduleHistory.actorRole', 'rescheduleHistory.reason'],
    },
    {
      by: 'storeReminderSent',
      shownBy: ['a reminder › goes to both, once, with the way in, and is noted', 'the timers of a session › complete it when it has ended; then its review is asked for, once'],
      fields: ['reminders.dayBeforeSentAt', 'reminders.hourBeforeSentAt', 'reminders.postSessionSentAt'],
    },
  ],
  meetings: [
    {
      by: 'storeMeetingRecord',
      shownBy: ['a session whose meeting is reported › is completed when the room closes after its time, with all that is known: reports %s', 'a recording › is given to those who were there when the customer agreed to one'],
      fields: ['scheduledSession', 'provider', 'providerMeetingId', 'consultant', 'customer', 'scheduledStartAt', 'actualStartAt', 'actualEndAt', 'durationMinutes', 'participants.userId', 'participants.name', 'participants.email', 'participants.joinedAt', 'participants.leftAt', 'participants.durationMinutes', 'hasRecording', 'recordingId', 'recordingUrl', 'recordingDurationMinutes', 'eventCount'],
    },
  ],
  reviews: [
    {
      by: 'reviewSession',
      shownBy: ['POST /booking/sessions/:reference/review › stores what the customer says, shows it with the first name alone, and counts it', 'POST /booking/sessions/:reference/review › keeps each aspect that the customer rates'],
      fields: ['scheduledSession', 'rating', 'reviewText', 'aspects.professionalism', 'aspects.expertise', 'aspects.communication', 'aspects.valueForMoney', 'npsScore', 'problemResolved'],
    },
    {
      by: 'completeReview',
      shownBy: ['a review says who wrote it and about whom, whatever was sent'],
      fields: ['consultant', 'customer', 'authorName', 'isVerifiedBooking'],
    },
    {
      by: 'consultants',
      heededBy: 'presentConsultant',
      shownBy: ['a review says who wrote it and about whom, whatever was sent'],
      fields: ['consultantResponse'],
    },
    {
      by: 'stampResponse',
      shownBy: ['the consultant answers, and changes nothing of what was said'],
      fields: ['respondedAt', 'moderation.at'],
    },
    {
      by: 'staff',
      heededBy: 'refreshRating',
      shownBy: ['POST /booking/sessions/:reference/review › refuses a bad %s'],
      fields: ['isPublic', 'moderation.status'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['the consultant answers, and changes nothing of what was said'],
      fields: ['moderation.reason'],
    },
  ],
  'no-show-claims': [
    {
      by: 'insertNoShowClaim',
      shownBy: ['what is written down of a claim › holds all that was said, who decided it and why'],
      fields: ['reference', 'scheduledSession', 'consultant', 'customer', 'payment', 'missing', 'raisedBy', 'statement', 'objections', 'deadline'],
    },
    {
      by: 'storeClaimAnswer',
      shownBy: ['what is written down of a claim › holds all that was said, who decided it and why'],
      fields: ['answer', 'answeredAt'],
    },
    {
      by: 'storeClaimEnd',
      shownBy: ['what is written down of a claim › holds all that was said, who decided it and why'],
      fields: ['status', 'decidedAt', 'decidedBy', 'decidedByRole', 'decisionReason'],
    },
    {
      by: 'countClaimReminder',
      shownBy: ['what is written down of a claim › holds all that was said, who decided it and why'],
      fields: ['remindedAt', 'reminders'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['a claim is read › by both its sides and by staff, and written by nobody past its commands'],
      fields: ['internalNotes'],
    },
  ],
  payments: [
    {
      by: 'insertPayment',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['reference', 'scheduledSession', 'consultant', 'customer', 'amount', 'currency', 'platformFeeAmount', 'platformFeePercentage', 'consultantPayoutAmount', 'checkout.expiresAt', 'checkout.successUrl', 'checkout.cancelUrl', 'initiatedAt', 'metadata', 'attempt', 'idempotencyKey'],
    },
    {
      by: 'storePaymentOutcome',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that', 'what is written down about money › holds all of a payment that is authorised and waits for a yes', 'what is written down about money › holds when and why a payment failed'],
      fields: ['status', 'paymentMethod', 'stripe.paymentIntentId', 'stripe.chargeId', 'checkout.captureBefore', 'authorizedAt', 'succeededAt', 'failedAt', 'failure.code', 'failure.message', 'receiptUrl'],
    },
    {
      by: 'storeRefundedAmount',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['refundedAmount', 'refundedAt'],
    },
    {
      by: 'storePayoutDue',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['payout.dueAt'],
    },
    {
      by: 'storePayout',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that', 'a payout › is due the set delay after the end of a session, and goes out once, out of the charge', 'what cannot be taken back › is a debt, and the next payouts pay it off before anything is transferred'],
      fields: ['payout.status', 'payout.paidAt', 'payout.paidAmount', 'payout.reversedAmount', 'payout.nettedAmount', 'payout.heldReason', 'stripe.connectAccountId', 'stripe.transferId'],
    },
    {
      by: 'storePayoutHold',
      shownBy: ['a payout in the hands of operations › is kept back with a reason until they let it go'],
      fields: ['payout.heldNote', 'payout.isHeldByOperations'],
    },
    {
      by: 'storePayoutClaim',
      shownBy: ['a report against attendance › that is granted gives the whole price back'],
      fields: ['payout.hasOpenClaim'],
    },
    {
      by: 'storeCheckout',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['stripe.checkoutSessionId', 'checkout.url'],
    },
    {
      by: 'storePayingCustomer',
      shownBy: ['paying for a booking › with a login offers the saved cards and saves new ones; as a guest it does neither'],
      fields: ['stripe.customerId'],
    },
    {
      by: 'insertInvoice',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['invoice.invoiceId', 'invoice.url'],
    },
    {
      by: 'storeStripeFee',
      shownBy: ['what Stripe keeps › is booked with the charge, once, in the currency of the balance'],
      fields: ['stripeFeeAmount', 'stripeFeeCurrency'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['internalNotes'],
    },
  ],
  refunds: [
    {
      by: 'insertRefund',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that', 'a refund that Stripe was asked for › is put back in the books when it fails later, operations are told, and it can be tried again once'],
      fields: ['reference', 'payment', 'scheduledSession', 'consultant', 'customer', 'amount', 'currency', 'platformFeeAmount', 'consultantPayoutAmount', 'reason', 'requestedAt', 'requestedBy', 'requestedByRole', 'retryOf', 'attempt', 'idempotencyKey'],
    },
    {
      by: 'storeRefundAsked',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['askedAt'],
    },
    {
      by: 'storeRefundOutcome',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that', 'what is written down about money › holds why the bank would not hear an answer'],
      fields: ['status', 'refundedAt', 'stripeRefundId', 'failureReason'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['internalNotes'],
    },
  ],
  disputes: [
    {
      by: 'insertDispute',
      shownBy: ['what is written down about money › holds all of a dispute and of what operations answered'],
      fields: ['reference', 'payment', 'scheduledSession', 'consultant', 'customer', 'currency', 'openedAt', 'stripeDisputeId'],
    },
    {
      by: 'storeDispute',
      shownBy: ['what is written down about money › holds all of a dispute and of what operations answered', 'a dispute before the payout › freezes payout and refunds, and when it is won the share goes out once'],
      fields: ['status', 'amount', 'reason', 'evidenceDueBy', 'closedAt', 'withdrawnAmount'],
    },
    {
      by: 'addPlatformShare',
      shownBy: ['a dispute before the payout › that is lost leaves nothing to pay out, and the session counts as refunded without another refund'],
      fields: ['platformShareAmount'],
    },
    {
      by: 'storeEvidence',
      shownBy: ['what operations tell the bank › is collected when the dispute opens, and on demand'],
      fields: ['evidence'],
    },
    {
      by: 'staff',
      heededBy: 'answerDispute',
      shownBy: ['what operations tell the bank › is collected when the dispute opens, and on demand'],
      fields: ['evidenceText'],
    },
    {
      by: 'storeAnswerOutcome',
      shownBy: ['what is written down about money › holds all of a dispute and of what operations answered', 'what is written down about money › holds why the bank would not hear an answer'],
      fields: ['evidenceSubmittedAt', 'evidenceSubmittedBy', 'answer.failureReason'],
    },
    {
      by: 'storeAnswerRequest',
      shownBy: ['what is written down about money › holds all of a dispute and of what operations answered'],
      fields: ['answer.kind', 'answer.status', 'answer.requestedAt', 'answer.requestedBy', 'answer.requestedByRole', 'answer.attempt'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written down about money › holds all of a dispute and of what operations answered'],
      fields: ['internalNotes'],
    },
  ],
  transfers: [
    {
      by: 'insertTransfer',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that', 'what operations tell the bank › is collected when the dispute opens, and on demand', 'what cannot be taken back › is a debt, and the next payouts pay it off before anything is transferred'],
      fields: ['reference', 'kind', 'payment', 'scheduledSession', 'consultant', 'amount', 'currency', 'recoveredAmount', 'reason', 'against', 'refund', 'dispute', 'requestedAt', 'requestedBy', 'requestedByRole', 'destinationAccountId', 'attempt', 'idempotencyKey'],
    },
    {
      by: 'storeTransferOutcome',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that', 'a payout that has to wait › is held when Stripe refuses the account, asked once, and paid once when the account recovers'],
      fields: ['status', 'settledAt', 'stripeObjectId', 'failureCode', 'failureReason'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['internalNotes'],
    },
  ],
  'payout-accounts': [
    {
      by: 'insertPayoutAccount',
      shownBy: ['onboarding › opens one Express account for the consultant and leads to Stripe'],
      fields: ['consultant', 'attempt'],
    },
    {
      by: 'storeAccountReading',
      shownBy: ['onboarding › opens one Express account for the consultant and leads to Stripe', 'an account › that was disconnected is known as such, and replaced when the consultant begins again', 'an account as Stripe shows it › is read with the earliest deadline, in our units'],
      fields: ['stripeAccountId', 'status', 'country', 'defaultCurrency', 'email', 'transfersCapability', 'payoutsEnabled', 'detailsSubmitted', 'requirements', 'disabledReason', 'deadline', 'syncedAt', 'disconnectedAt'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written into forms › is kept for colleagues: notes of operations on records that nobody else writes'],
      fields: ['internalNotes'],
    },
  ],
  invoices: [
    {
      by: 'insertInvoice',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that', 'what takes an invoice back › is a credit note for each refund, and a debit note when the refund fails later'],
      fields: ['number', 'kind', 'payment', 'refund', 'corrects', 'scheduledSession', 'customer', 'issuedAt', 'amount', 'currency', 'description', 'billTo', 'issuer'],
    },
  ],
  'ledger-entries': [
    {
      by: 'bookLedgerEntries',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['kind', 'amount', 'currency', 'stripeObjectId', 'payment', 'refund', 'scheduledSession', 'consultant', 'customer', 'occurredAt'],
    },
    {
      by: 'bookLedgerEntries',
      shownBy: ['a payment that was made elsewhere › is collected, booked by whom and where, has its invoice, and lies not at Stripe', 'a refund of what was paid elsewhere › is returned by staff with a reference, once, in the books, the documents and the mails'],
      fields: ['externalReference', 'recordedBy', 'recordedByRole'],
    },
  ],
  'stripe-events': [
    {
      by: 'receiveStripeEvent',
      shownBy: ['an event in the inbox › is stored with its object, version, time and account', 'an event that failed › is replayed by staff, by its id or Stripe’s', 'what is written down about money › holds all of a dispute and of what operations answered'],
      fields: ['eventId', 'account', 'type', 'objectId', 'apiVersion', 'livemode', 'payload', 'occurredAt', 'receivedAt'],
    },
    {
      by: 'storeEventOutcome',
      shownBy: ['what is written down about money › holds all of a dispute and of what operations answered', 'an event in the inbox › that comes before our own record is visible fails, and is done when it is'],
      fields: ['status', 'processedAt', 'attempts'],
    },
    {
      by: 'storeEventFailure',
      shownBy: ['an event in the inbox › that comes before our own record is visible fails, and is done when it is'],
      fields: ['error'],
    },
  ],
  'reconciliation-runs': [
    {
      by: 'insertRun',
      shownBy: ['a run › is written down whole, and so is what it found and settled'],
      fields: ['trigger', 'requestedBy', 'startedAt', 'from', 'until'],
    },
    {
      by: 'storePage',
      shownBy: ['a run › is written down whole, and so is what it found and settled', 'a run › goes on where its worker was killed'],
      fields: ['cursor', 'checkedCount', 'healedCount'],
    },
    {
      by: 'endRun',
      shownBy: ['a run › is written down whole, and so is what it found and settled', 'a run › fails when Stripe is down, and the next one covers its time'],
      fields: ['status', 'finishedAt', 'openCount', 'error'],
    },
  ],
  'reconciliation-findings': [
    {
      by: 'storeFinding',
      shownBy: ['a run › is written down whole, and so is what it found and settled', 'the books and Stripe › that differ in an amount are listed, never matched by it, and never made equal'],
      fields: ['kind', 'objectId', 'status', 'payment', 'ours', 'theirs', 'currency', 'detail', 'facts', 'run', 'firstSeenAt', 'lastSeenAt'],
    },
    {
      by: 'resolveFinding',
      shownBy: ['a run › is written down whole, and so is what it found and settled'],
      fields: ['resolvedAt'],
    },
    {
      by: 'staff',
      heededBy: 'colleagues',
      shownBy: ['what is written into forms › is kept for colleagues: notes of operations on records that nobody else writes'],
      fields: ['internalNotes'],
    },
  ],
  notifications: [
    {
      by: 'insertNotification',
      shownBy: ['composeNotification › is what the app shows, in the language of the recipient, without any token', 'a booking › is recorded once per person and sent once, however often its jobs run', 'a paid booking › not paid in time: only the customer hears of it', 'a session that is moved › moved twice before anybody was told: one mail, from the time that they know to the one that holds'],
      fields: ['recipient', 'recipientCustomer', 'type', 'kind', 'audience', 'title', 'message', 'action', 'actionUrl', 'scheduledSession', 'request', 'payment', 'channels', 'language', 'dedupeKey', 'metadata', 'expiresAt', 'delivery.attempts'],
    },
    {
      by: 'planDeliveries',
      shownBy: ['a channel of an installation › gets each message once, in the words of the recipient, beside the mail'],
      fields: ['delivery.channel'],
    },
    {
      by: 'storeDelivery',
      shownBy: ['a booking › is recorded once per person and sent once, however often its jobs run'],
      fields: ['emailSentAt', 'delivery.state', 'delivery.error', 'delivery.providerMessageId'],
    },
    {
      by: 'storeRetry',
      shownBy: ['delivering a notification › a refusal ends it, with the reason, and is not tried again'],
      fields: ['delivery.nextAttemptAt'],
    },
    {
      by: 'recipients',
      heededBy: 'frontEnds',
      shownBy: ['a booking › is marked as read, and put away, by whom it is for alone'],
      fields: ['isRead', 'isArchived'],
    },
  ],
  'global:booking-settings': [
    {
      by: 'staff',
      heededBy: 'findWait',
      shownBy: ['a second factor that is demanded › is demanded of whom the settings say, and from then on'],
      fields: ['secondFactor.staffFrom', 'secondFactor.consultantsFrom'],
    },
    {
      by: 'staff',
      heededBy: 'prepareNewSession',
      shownBy: ['what is written down about money › holds the share and the deadline that operations have set', 'what is written into forms › decides where a session is held, and how long a time is held'],
      fields: ['platformFeePercentage', 'defaultMeetingProvider'],
    },
    {
      by: 'staff',
      heededBy: 'resolvePolicy',
      shownBy: ['a payout › is what is kept of a late cancellation, and nothing of one in time'],
      fields: ['noShowRefundPercentage'],
    },
    {
      by: 'staff',
      heededBy: 'resolvePolicy',
      shownBy: ['what is written down about money › holds all of a payment that was collected, paid out, and refunded after that'],
      fields: ['cancellationPolicy.refundableBeforeHours', 'cancellationPolicy.refundPercentage', 'cancellationPolicy.lateRefundPercentage'],
    },
    {
      by: 'staff',
      heededBy: 'holdTime',
      shownBy: ['what is written into forms › decides where a session is held, and how long a time is held'],
      fields: ['holdMinutes'],
    },
    {
      by: 'staff',
      heededBy: 'computeClaimBounds',
      shownBy: ['one visitor › holds times one after another up to the bound, and solves a challenge for the last quarter', 'one e-mail address › has so many bookings, wherever they come from and whatever follows a plus', 'all strangers together › leave some of the time of a consultant to people who are known', 'the bounds of claims › are a share of the open time, and never less than ten times or half of it'],
      fields: ['bounds.callerTimes', 'bounds.callerShare', 'bounds.inboxTimes', 'bounds.strangersShare'],
    },
    {
      by: 'staff',
      heededBy: 'computeDeadlines',
      shownBy: ['a free booking that waits for the mailed link › waits where its service type says so, and nowhere else'],
      fields: ['emailConfirmMinutes'],
    },
    {
      by: 'staff',
      heededBy: 'computeDeadlines',
      shownBy: ['what is written down about money › holds the share and the deadline that operations have set', 'what is written down about a booking › holds until when a link is to be paid and the consultant is to say yes, as operations have set'],
      fields: ['paymentDeadlineMinutes', 'paymentLinkHours'],
    },
    {
      by: 'staff',
      heededBy: 'prepareNewRequest',
      shownBy: ['a new request › expires after the hours that operations have set'],
      fields: ['requestExpiryHours'],
    },
    {
      by: 'staff',
      heededBy: 'reportNoShow',
      shownBy: ['a report against attendance › is answered within the hours that operations have set'],
      fields: ['noShowClaimHours'],
    },
    {
      by: 'staff',
      heededBy: 'decideReschedule',
      shownBy: ['a customer › never moves it where the policy allows none'],
      fields: ['reschedulePolicy.untilHoursBefore', 'reschedulePolicy.maxReschedules'],
    },
    {
      by: 'staff',
      heededBy: 'toTimerSettings',
      shownBy: ['the timers of a session › are set as operations want them'],
      fields: ['reminders.dayBeforeMinutes', 'reminders.hourBeforeMinutes', 'completionGraceMinutes'],
    },
    {
      by: 'staff',
      heededBy: 'followSessionMoney',
      shownBy: ['a payout › waits until it is due'],
      fields: ['payoutDelayHours'],
    },
    {
      by: 'staff',
      heededBy: 'findInvoiceFacts',
      shownBy: ['an invoice › is issued with the payment, as things were then'],
      fields: ['invoiceIssuer.name', 'invoiceIssuer.address', 'invoiceIssuer.taxId', 'invoiceIssuer.email', 'invoiceIssuer.footer'],
    },
    {
      by: 'staff',
      heededBy: 'findNews',
      shownBy: ['a calendar that cannot be read › is told to expert and operations after a day, once; a setting says whether the expert stays bookable'],
      fields: ['bookableWhileStale'],
    },
    {
      by: 'staff',
      heededBy: 'deleteOldMessages',
      shownBy: ['what is older than what it is kept for › is so by the setting: a longer one keeps, a shorter one takes'],
      fields: ['retention.messagesDays'],
    },
    {
      by: 'staff',
      heededBy: 'deleteOldEvents',
      shownBy: ['what is older than what it is kept for › are events of Stripe and reports of rooms that were dealt with or given up'],
      fields: ['retention.stripeEventsDays'],
    },
    {
      by: 'staff',
      heededBy: 'deleteOldMeetingEvents',
      shownBy: ['what is older than what it is kept for › are events of Stripe and reports of rooms that were dealt with or given up'],
      fields: ['retention.meetingReportsDays'],
    },
    {
      by: 'staff',
      heededBy: 'deleteOldKeys',
      shownBy: ['what is older than what it is kept for › are answers to commands, lapsed holds, comparisons with Stripe, and that somebody edits a record'],
      fields: ['retention.commandAnswersDays'],
    },
    {
      by: 'staff',
      heededBy: 'deleteLapsedHolds',
      shownBy: ['what is older than what it is kept for › are answers to commands, lapsed holds, comparisons with Stripe, and that somebody edits a record'],
      fields: ['retention.lapsedHoldsDays'],
    },
    {
      by: 'staff',
      heededBy: 'deleteOldReconciliations',
      shownBy: ['what is older than what it is kept for › are answers to commands, lapsed holds, comparisons with Stripe, and that somebody edits a record'],
      fields: ['retention.reconciliationDays'],
    },
    {
      by: 'staff',
      heededBy: 'deletePastAppointments',
      shownBy: ['what is older than what it is kept for › are past appointments, and calendar entries of sessions long over that are as they should be'],
      fields: ['retention.pastAppointmentsDays'],
    },
    {
      by: 'staff',
      heededBy: 'deletePastEntries',
      shownBy: ['what is older than what it is kept for › are past appointments, and calendar entries of sessions long over that are as they should be'],
      fields: ['retention.pastEntriesDays'],
    },
  ],
  'global:message-templates': [
    {
      by: 'staff',
      heededBy: 'findOverride',
      shownBy: ['delivering a notification › uses the words of operations, also for what is queued already'],
      fields: ['templates.kind', 'templates.language', 'templates.audience'],
    },
    {
      by: 'staff',
      heededBy: 'listMessageOverrides',
      shownBy: ['delivering a notification › uses the words of operations, also for what is queued already', 'renderMessage › leaves an edit aside that asks for what the kind does not have'],
      fields: ['templates.subject', 'templates.intro'],
    },
  ],
}
