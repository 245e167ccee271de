/**
 * What has a column but no flow: nothing fills it, or nobody heeds what a form says. This list only ever gets shorter: whoever builds a
 * flow takes its columns off and names who fills them in `fillings.ts`.
 */
export const unfilled: Readonly<Record<string, string>> = {
  'users.bio': 'A form takes it; no page shows it.',
  'users.profileImage': 'A form takes it; no page shows it.',
  'users.phone': 'A form takes it; nothing calls or texts it.',
  'customers.profileImage': 'A form takes it; no page shows it.',
  'customers.role': 'A form takes it; nothing reads it.',
  'customers.preferences.smsNotifications': 'No text messages are sent.',
  'consultant-profiles.phone': 'A form takes it; nothing calls or texts it.',
  'consultant-profiles.consulting.defaultDuration':
    'A form takes it and it is checked against the lengths; what is offered first is that of the service type.',
  'consultant-profiles.paymentSettings.bankAccountId': 'Payouts go to the account at Stripe, which keeps the bank account.',
  'consultant-profiles.paymentSettings.currency': 'A form takes it; payouts are made in the currency of the payment.',
  'consultant-profiles.statistics.responseTimeHours': 'Nothing measures how fast somebody answers.',
  'consultant-profiles.subscriptionPlan': 'A form takes it; no plan makes a difference.',
  'consultant-profiles.isVerified': 'A form takes it; no page shows it, and no search heeds it.',
  'availability-slots.parentSlot': 'Nothing makes slots out of another one.',
  'consultation-requests.problemStructured': 'Nothing reads structure out of the description.',
  'scheduled-sessions.problemStructured': 'Nothing reads structure out of the description.',
  'scheduled-sessions.meeting.hostUrl': 'A form takes it; the host is led to the address that the provider gives at that moment.',
  'scheduled-sessions.recording.consentedAt': 'Nobody is asked for consent.',
  'scheduled-sessions.recording.recordingId': 'Taken over once there is consent, for which nobody is asked.',
  'scheduled-sessions.recording.url': 'Taken over once there is consent, for which nobody is asked.',
  'scheduled-sessions.recording.durationMinutes': 'Taken over once there is consent, for which nobody is asked.',
  'scheduled-sessions.recording.expiresAt':
    'A form takes it for the message that a recording is ready, which waits for consent; nothing removes a recording.',
  'scheduled-sessions.recording.notificationSent': 'Nothing notes that people were told of a recording.',
  'scheduled-sessions.aiSummary': 'A form takes it; nothing writes or sends it.',
  'scheduled-sessions.actionItems': 'A form takes them; nothing writes or sends them.',
  'scheduled-sessions.consultantFeedback.ratedAt': 'Nothing notes when the consultant rated.',
  'meetings.screenshare': 'No report of the room is read for it.',
  'meetings.screenShareDurationMinutes': 'No report of the room is read for it.',
  'meetings.transcript': 'Nothing fetches transcripts.',
  'payments.failure.reason': 'Code and message are kept; nothing puts a reason in our words.',
  'payments.receiptNumber': 'Stripe numbers a receipt when it mails one, and the payment is not looked at after that.',
  'ledger-entries.description': 'No entry is described.',
  'notifications.smsSentAt': 'No text messages are sent.',
  'global:booking-settings.currencies': 'A form takes them; every supported currency can be used.',
  'global:booking-settings.defaultCurrency': 'A form takes it; forms begin with their own.',
}

/** Columns that are taken out of use: no flow is missing, and nothing is to fill them. */
export const outOfUse: Readonly<Record<string, string>> = {
  'users._verificationToken': 'The tokens of mailed links are derived, and stored nowhere. The column goes with the next release.',
  'users.resetPasswordToken': 'As above. Payload makes the column with every collection of logins.',
  'users.resetPasswordExpiration': 'Until when a link works stands with the link. Payload makes the column.',
  'users.resetPasswordRequestedAt': 'How often a link is mailed is counted by the links. Payload makes the column.',
}
