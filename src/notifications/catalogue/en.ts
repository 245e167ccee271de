import type { Catalogue } from './catalogue-words'

const viewBooking = 'View or change your booking'
const openSession = 'Open the session'

export const en: Catalogue = {
  messages: {
    booking_confirmation: {
      customer: {
        subject: 'Confirmed: {{serviceName}} with {{consultantName}}, {{when}}',
        heading: 'Your session is confirmed',
        intro: '{{consultantName}} is looking forward to speaking with you on {{when}}.',
        action: viewBooking,
      },
      consultant: {
        subject: 'New booking: {{serviceName}} with {{customerName}}, {{when}}',
        heading: 'You have a new booking',
        intro: '{{customerName}} booked {{serviceName}} with you for {{when}}.',
        action: openSession,
      },
    },
    booking_pending_payment: {
      customer: {
        subject: 'Please pay to keep your time: {{serviceName}}, {{when}}',
        heading: 'One step left: the payment',
        intro:
          'We are holding {{when}} with {{consultantName}} for you. Please pay {{price}} by {{deadline}} to keep it.',
        action: 'Pay {{price}}',
      },
    },
    booking_awaiting_confirmation: {
      customer: {
        subject: 'Sent to {{consultantName}}: {{serviceName}}, {{when}}',
        heading: 'Waiting for {{consultantName}}',
        intro: 'We asked {{consultantName}} to confirm {{when}}. You will hear from us as soon as there is an answer.',
        action: viewBooking,
      },
      consultant: {
        subject: 'Please confirm: {{serviceName}} with {{customerName}}, {{when}}',
        heading: 'A booking needs your answer',
        intro: '{{customerName}} would like {{serviceName}} with you on {{when}}. Please confirm or decline it.',
        action: 'Answer',
      },
    },
    booking_declined: {
      customer: {
        subject: 'Not possible: {{serviceName}} with {{consultantName}}, {{when}}',
        heading: '{{consultantName}} could not take your booking',
        intro: 'We are sorry: {{consultantName}} cannot offer {{serviceName}} on {{when}}.',
        action: 'See what you can do',
      },
    },
    booking_expired: {
      customer: {
        subject: 'Expired: {{serviceName}} with {{consultantName}}, {{when}}',
        heading: 'Your booking has expired',
        intro: 'The time on {{when}} with {{consultantName}} is no longer kept for you.',
        action: 'See what you can do',
      },
      consultant: {
        subject: 'Expired: {{serviceName}} with {{customerName}}, {{when}}',
        heading: 'A booking has expired',
        intro: 'The booking of {{customerName}} for {{when}} has expired; the time is free again.',
        action: openSession,
      },
    },
    booking_cancelled: {
      customer: {
        subject: 'Cancelled: {{serviceName}} with {{consultantName}}, {{when}}',
        heading: 'Your session is cancelled',
        intro: 'The session with {{consultantName}} on {{when}} will not take place.',
        action: 'View your booking',
      },
      consultant: {
        subject: 'Cancelled: {{serviceName}} with {{customerName}}, {{when}}',
        heading: 'A session is cancelled',
        intro: 'The session with {{customerName}} on {{when}} will not take place; the time is free again.',
        action: openSession,
      },
    },
    booking_rescheduled: {
      customer: {
        subject: 'New time: {{serviceName}} with {{consultantName}}, {{when}}',
        heading: 'Your session has a new time',
        intro: 'Your session with {{consultantName}} is now on {{when}}. There is nothing more to pay.',
        action: viewBooking,
      },
      consultant: {
        subject: 'New time: {{serviceName}} with {{customerName}}, {{when}}',
        heading: 'A session has a new time',
        intro: 'The session with {{customerName}} is now on {{when}}.',
        action: openSession,
      },
    },
    booking_reminder: {
      customer: {
        subject: 'Reminder: {{serviceName}} with {{consultantName}}, {{when}}',
        heading: 'Your session starts {{startsIn}}',
        intro: 'You will speak with {{consultantName}} on {{when}}. The same link opens the room when it is time.',
        action: 'Join the session',
      },
      consultant: {
        subject: 'Reminder: {{serviceName}} with {{customerName}}, {{when}}',
        heading: 'A session starts {{startsIn}}',
        intro: 'You will speak with {{customerName}} on {{when}}.',
        action: 'Join the session',
      },
    },
    session_started: {
      customer: {
        subject: '{{consultantName}} is in the room',
        heading: '{{consultantName}} is waiting for you',
        intro: 'Your session {{serviceName}} has started.',
        action: 'Join now',
      },
    },
    session_completed: {
      customer: {
        subject: 'How was your session with {{consultantName}}?',
        heading: 'Thank you for your visit',
        intro:
          'We hope {{consultantName}} could help. Your review helps others to find the right expert; it takes a minute.',
        action: 'Write a review',
      },
    },
    no_show: {
      customer: {
        subject: 'Missed: {{serviceName}} with {{consultantName}}, {{when}}',
        heading: 'Your session did not take place',
        intro: 'The session with {{consultantName}} on {{when}} was marked as missed.',
        action: 'View your booking',
      },
      consultant: {
        subject: 'Missed: {{serviceName}} with {{customerName}}, {{when}}',
        heading: 'A session did not take place',
        intro: 'The session with {{customerName}} on {{when}} was marked as missed.',
        action: openSession,
      },
    },
    recording_ready: {
      customer: {
        subject: 'The recording of your session with {{consultantName}} is ready',
        heading: 'Your recording is ready',
        intro: 'You can watch the recording of {{serviceName}} with {{consultantName}} now.',
        action: 'Watch the recording',
      },
      consultant: {
        subject: 'The recording of your session with {{customerName}} is ready',
        heading: 'A recording is ready',
        intro: 'You can watch the recording of {{serviceName}} with {{customerName}} now.',
        action: openSession,
      },
    },
    payment_received: {
      customer: {
        subject: 'Payment received: {{paidAmount}} for {{serviceName}}',
        heading: 'Thank you for your payment',
        intro: 'We received {{paidAmount}} for {{serviceName}} with {{consultantName}}.',
        action: 'View your booking',
      },
    },
    payment_failed: {
      customer: {
        subject: 'Your payment for {{serviceName}} did not go through',
        heading: 'The payment did not go through',
        intro:
          'Nothing was charged. Your time with {{consultantName}} on {{when}} is still held for a while: please try again, perhaps with another card.',
        action: 'Try again',
      },
    },
    late_payment_refunded: {
      customer: {
        subject: 'Your payment came too late and is on its way back',
        heading: 'Your payment is on its way back',
        intro:
          'Your payment for {{when}} with {{consultantName}} arrived after the time had been given to somebody else. We are sorry. We send the whole amount back at once.',
        action: 'View your booking',
      },
      operations: {
        subject: 'Late payment sent back: {{reference}}, {{refundAmount}}',
        heading: 'A late payment was sent back',
        intro:
          '{{customerName}} paid for {{reference}} after the time had gone. {{refundAmount}} is being refunded automatically.',
        action: openSession,
      },
    },
    refund_processed: {
      customer: {
        subject: 'Your refund of {{refundAmount}}',
        heading: 'Your refund is on its way',
        intro: 'We sent back {{refundAmount}} for {{serviceName}} with {{consultantName}}.',
        action: 'View your booking',
      },
    },
    refund_failed: {
      operations: {
        subject: 'Refund failed: {{reference}}, {{refundAmount}}',
        heading: 'A refund failed',
        intro:
          '{{refundAmount}} for {{customerName}} did not go back. The money is still here: please return it another way, or try again.',
        action: openSession,
      },
    },
    refund_to_return: {
      operations: {
        subject: 'To be returned by you: {{refundAmount}} for {{reference}}',
        heading: 'A refund waits for you',
        intro:
          '{{customerName}} gets {{refundAmount}} back, and paid outside of Stripe: please return it the same way, then say so on the payment, or cancel the refund there.',
        action: openSession,
      },
    },
    payout_made: {
      consultant: {
        subject: 'Your payout of {{payoutAmount}} for {{serviceName}}',
        heading: 'We have paid you {{payoutAmount}}',
        intro: 'Your share for {{serviceName}} with {{customerName}} ({{when}}) is on its way to your account.',
        action: 'Open the session',
      },
    },
    payout_set_off: {
      consultant: {
        subject: '{{payoutAmount}} of your payout was set off',
        heading: '{{payoutAmount}} of a payout was set off',
        intro:
          'You owed us something from an earlier session. {{payoutAmount}} of your share for {{serviceName}} with {{customerName}} ({{when}}) pays that off.',
        action: 'Open the session',
      },
    },
    payout_held: {
      consultant: {
        subject: 'Your payout of {{payoutAmount}} has to wait',
        heading: 'A payout has to wait',
        intro:
          '{{payoutAmount}} for {{serviceName}} with {{customerName}} ({{when}}) cannot be paid out at the moment.',
        action: 'Open the session',
      },
      operations: {
        subject: 'Payout held back: {{payoutAmount}} to {{consultantName}}, {{reference}}',
        heading: 'A payout is held back',
        intro: '{{payoutAmount}} for {{consultantName}} ({{reference}}) cannot be paid out at the moment.',
        action: 'Open the session',
      },
    },
    debt_recorded: {
      consultant: {
        subject: '{{debtAmount}} will be kept back from your next payouts',
        heading: 'A payout has to be given back',
        intro:
          'The payment for {{serviceName}} with {{customerName}} ({{when}}) went back after your share was paid out. {{debtAmount}} could not be taken back from your account, so we keep it back from your next payouts.',
        action: 'Open the session',
      },
      operations: {
        subject: 'Payout could not be taken back: {{debtAmount}} of {{consultantName}}, {{reference}}',
        heading: 'A payout could not be taken back',
        intro:
          '{{consultantName}} owes {{debtAmount}} ({{reference}}): Stripe could not take it back. It is set off against their next payouts.',
        action: 'Open the session',
      },
    },
    dispute_opened: {
      consultant: {
        subject: '{{customerName}} disputes the payment for {{serviceName}}, {{when}}',
        heading: 'A payment is disputed',
        intro:
          '{{customerName}} contests the payment for {{serviceName}} ({{when}}) at their bank. Your share of it stays as it is until the bank has decided. Our team answers the bank and may ask you what happened.',
        action: 'Open the session',
      },
      operations: {
        subject: 'Dispute {{disputeReference}}: {{disputedAmount}}, {{reference}}',
        heading: 'A payment is disputed',
        intro:
          '{{customerName}} contests {{disputedAmount}} for {{reference}} with {{consultantName}} at their bank. Payout and refunds are frozen. What speaks for us was collected: please look through it and send it in time.',
        action: 'Open the dispute',
      },
    },
    dispute_decided: {
      consultant: {
        subject: 'Decided: the disputed payment for {{serviceName}}, {{when}}',
        heading: 'A dispute is decided',
        intro: 'The bank has decided about the payment of {{customerName}} for {{serviceName}} ({{when}}).',
        action: 'Open the session',
      },
      operations: {
        subject: 'Dispute {{disputeReference}} is decided: {{disputedAmount}}, {{reference}}',
        heading: 'A dispute is decided',
        intro: 'The bank has decided about {{disputedAmount}} of {{customerName}} for {{reference}}.',
        action: 'Open the dispute',
      },
    },
    request_received: {
      customer: {
        subject: 'We received your request {{reference}}',
        heading: 'We received your request',
        intro: 'Thank you. We are looking for the right expert and a good time, and will write to you with proposals.',
        action: 'View your request',
      },
      operations: {
        subject: 'New request {{reference}}: {{serviceName}} for {{customerName}}',
        heading: 'A new request',
        intro: '{{customerName}} asks for {{serviceName}}.',
        action: 'Open the request',
      },
    },
    availability_request: {
      consultant: {
        subject: 'Can you help? {{serviceName}} for {{customerName}}',
        heading: 'Somebody asks for your time',
        intro: '{{customerName}} asks for {{serviceName}}. Please propose times, or tell us that you cannot.',
        action: 'Propose times',
      },
    },
    request_assigned: {
      customer: {
        subject: '{{consultantName}} looks at your request {{reference}}',
        heading: 'We found an expert for you',
        intro: '{{consultantName}} looks at your request and will propose times.',
        action: 'View your request',
      },
    },
    request_proposed: {
      customer: {
        subject: '{{consultantName}} proposes times for you',
        heading: 'Choose a time',
        intro: '{{consultantName}} can help you with {{serviceName}} at these times. The first to be chosen is yours.',
        action: 'Choose a time',
      },
    },
    request_rejected: {
      customer: {
        subject: 'Your request {{reference}}',
        heading: 'We cannot help with this request',
        intro: 'We are sorry: nobody can take your request for {{serviceName}}.',
        action: 'View your request',
      },
    },
    request_expired: {
      customer: {
        subject: 'Your request {{reference}} has expired',
        heading: 'Your request has expired',
        intro:
          'Your request for {{serviceName}} was not settled in time and is closed. You can send a new one at any time.',
        action: 'View your request',
      },
    },
    request_cancelled: {
      customer: {
        subject: 'Your request {{reference}} is cancelled',
        heading: 'Your request is cancelled',
        intro: 'Your request for {{serviceName}} is closed. You can send a new one at any time.',
        action: 'View your request',
      },
      consultant: {
        subject: 'The request of {{customerName}} is cancelled',
        heading: 'A request is cancelled',
        intro: '{{customerName}} does not need {{serviceName}} any more. There is nothing left to do.',
        action: 'Open the request',
      },
    },
    message_received: {
      customer: {
        subject: 'A message from {{senderName}}',
        heading: '{{senderName}} wrote to you',
        intro: 'You have a message about {{serviceName}} on {{when}}.',
        action: 'View your booking',
      },
      consultant: {
        subject: 'A message from {{senderName}}',
        heading: '{{senderName}} wrote to you',
        intro: 'You have a message about {{serviceName}} on {{when}}.',
        action: openSession,
      },
    },
    review_received: {
      consultant: {
        subject: '{{customerName}} reviewed your session: {{rating}} of 5',
        heading: 'You have a new review',
        intro: '{{customerName}} gave {{rating}} of 5 for {{serviceName}} on {{when}}.',
        action: 'Read and answer',
      },
    },
    books_differ: {
      operations: {
        subject: 'The books and Stripe differ: {{findings}} open',
        heading: 'The books and Stripe differ',
        intro:
          'Last night the books were compared with Stripe. Differences that are open: {{findings}}. Nothing was moved because of them: please look at each.',
        action: 'See the differences',
      },
    },
    calendar_needs_reauth: {
      consultant: {
        subject: 'Please connect your calendar again',
        heading: 'Your calendar is disconnected',
        intro:
          '{{calendarProvider}} no longer lets us in to {{calendarAccount}}. Until you connect it again we go by your last known appointments, and new sessions do not appear in your calendar.',
        action: 'Connect again',
      },
    },
    payout_account_needs_details: {
      consultant: {
        subject: 'Your payout account needs details',
        heading: 'Stripe needs something from you',
        intro:
          'Stripe, which pays you out, asks for more about your account. See what is missing; it is given on a page of Stripe’s.',
        action: 'See what is missing',
      },
      operations: {
        subject: 'Payout account needs details: {{consultantName}}',
        heading: 'A payout account needs details',
        intro: 'Stripe asks {{consultantName}} for more about the account that is paid out to. We have told them.',
        action: 'Open the account',
      },
    },
    payout_account_ready: {
      consultant: {
        subject: 'You can be paid now',
        heading: 'Your payout account is ready',
        intro: 'Stripe has everything it needs. What you earn is paid out to your account from now on.',
        action: 'See your payouts',
      },
    },
    calendar_stale: {
      consultant: {
        subject: 'Your calendar has not answered for a day',
        heading: 'We cannot read your calendar',
        intro:
          '{{calendarProvider}} has not answered for {{calendarAccount}} for a day. We go by your last known appointments and keep trying. Please see whether it is still there.',
        action: 'Look at it',
      },
      operations: {
        subject: 'A calendar has not answered for a day: {{calendarAccount}}',
        heading: 'A calendar cannot be read',
        intro:
          '{{calendarProvider}} has not answered for {{calendarAccount}} for a day. The last known appointments go on blocking its owner.',
        action: 'Look at it',
      },
    },
    calendar_moved: {
      consultant: {
        subject: 'You moved {{serviceName}} with {{customerName}} in your calendar',
        heading: 'What should happen to this session?',
        intro:
          'In your calendar the session with {{customerName}} is on {{calendarWhen}} now. The customer still expects it on {{when}}. Propose the new time, or put it back.',
        action: 'Decide',
      },
    },
    calendar_deleted: {
      consultant: {
        subject: 'You deleted {{serviceName}} with {{customerName}} from your calendar',
        heading: 'What should happen to this session?',
        intro:
          'The session with {{customerName}} on {{when}} is gone from your calendar. It is still booked, and the customer expects it. Put it back, or cancel it.',
        action: 'Decide',
      },
    },
    calendar_conflict: {
      consultant: {
        subject: 'Two appointments at once: {{serviceName}} with {{customerName}}, {{when}}',
        heading: 'Your calendar has something else at that time',
        intro:
          'The session with {{customerName}} on {{when}} overlaps another appointment in your calendar. It stays booked unless you decide otherwise.',
        action: 'Decide',
      },
    },
    time_proposed: {
      customer: {
        subject: '{{consultantName}} proposes another time for {{serviceName}}',
        heading: 'Would another time suit you?',
        intro:
          '{{consultantName}} would like to move your session from {{when}} to {{calendarWhen}}. It stays as it is until you say yes.',
        action: 'Answer',
      },
    },
    proposal_declined: {
      consultant: {
        subject: '{{customerName}} keeps the agreed time: {{serviceName}}, {{when}}',
        heading: 'The session stays where it was',
        intro:
          '{{customerName}} cannot make {{calendarWhen}}. The session stays on {{when}}, and so does your calendar.',
        action: openSession,
      },
    },
    account_verify: {
      account: {
        subject: 'Please verify your address',
        heading: 'Is this your address?',
        intro: 'Please confirm that this address is yours. Then you can log in.',
        action: 'Yes, this is my address',
      },
    },
    password_reset: {
      account: {
        subject: 'Choose a new password',
        heading: 'Choose a new password',
        intro: 'Somebody, probably you, asked for a new password. The link works for {{validFor}}.',
        action: 'Choose a new password',
      },
    },
  },
  phrases: {
    greeting: 'Hello {{recipientName}},',
    greetingWithoutName: 'Hello,',
    why: {
      customer: 'You receive this mail because you booked or asked for a consultation through {{brandName}}.',
      consultant: 'You receive this mail because you give consultations through {{brandName}}.',
      operations: 'You receive this mail because you look after {{brandName}}.',
      account: 'You receive this mail because this address was used for a login at {{brandName}}.',
    },
    facts: {
      service: 'Service',
      when: 'When',
      previously: 'Before',
      consultant: 'With',
      customer: 'Customer',
      price: 'Price',
      paid: 'Paid',
      refund: 'Refund',
      join: 'Meeting link',
      reference: 'Reference',
      paymentReference: 'Payment',
      invoice: 'Invoice',
      receipt: 'Receipt',
      reason: 'Reason',
      problem: 'What it is about',
      proposedTimes: 'Proposed times',
      answerBy: 'Answer by',
      payBy: 'Pay by',
      availableUntil: 'Available until',
      rating: 'Rating',
      payout: 'Payout',
      debt: 'To be given back',
      disputed: 'Disputed',
      disputeReference: 'Dispute',
      inCalendar: 'In your calendar',
    },
    cancelledBy: {
      customer: {
        customer: 'You cancelled it.',
        consultant: '{{consultantName}} had to cancel it.',
        operations: 'Our team had to cancel it.',
        payment: 'The reservation on your card had run out, so it could not be charged.',
      },
      consultant: {
        customer: '{{customerName}} cancelled it.',
        consultant: 'You cancelled it.',
        operations: 'The operations team cancelled it.',
        payment: 'The card of {{customerName}} could not be charged.',
      },
      operations: {
        customer: '{{customerName}} cancelled it.',
        consultant: '{{consultantName}} cancelled it.',
        operations: 'The operations team cancelled it.',
        payment: 'The card of {{customerName}} could not be charged.',
      },
    },
    movedBy: {
      customer: {
        customer: 'You moved it.',
        consultant: '{{consultantName}} moved it.',
        operations: 'Our team moved it.',
      },
      consultant: {
        customer: '{{customerName}} moved it.',
        consultant: 'You moved it.',
        operations: 'The operations team moved it.',
      },
      operations: {
        customer: '{{customerName}} moved it.',
        consultant: '{{consultantName}} moved it.',
        operations: 'The operations team moved it.',
      },
    },
    waitedFor: {
      payment: {
        customer: 'No payment reached us in time. Nothing was charged.',
        consultant: 'It was not paid in time.',
        operations: 'It was not paid in time.',
      },
      confirmation: {
        customer: 'There was no answer in time. Nothing was charged.',
        consultant: 'It was not answered in time.',
        operations: 'It was not answered in time.',
      },
      authorization: {
        customer: 'The reservation on your card ran out before there was an answer. Nothing was charged.',
        consultant: 'The reservation on the card of {{customerName}} ran out before it was answered.',
        operations: 'The reservation on the card of {{customerName}} ran out before it was answered.',
      },
    },
    missing: {
      customer: {
        customer: 'You were waited for, but did not join.',
        consultant: '{{customerName}} did not join.',
        operations: '{{customerName}} did not join.',
      },
      consultant: {
        customer: '{{consultantName}} did not join. We are sorry.',
        consultant: 'You did not join.',
        operations: '{{consultantName}} did not join.',
      },
    },
    heldReasons: {
      no_account: {
        consultant: 'We do not know yet where to pay you: please set up your account in your profile.',
        operations: '{{consultantName}} has set up no account yet.',
      },
      account_incomplete: {
        consultant: 'Stripe still needs details of you: please complete your account.',
        operations: 'Their account still needs details, or Stripe is checking them.',
      },
      account_restricted: {
        consultant: 'Stripe has restricted your account: please look there for what is missing.',
        operations: 'Stripe has restricted their account.',
      },
      account_disconnected: {
        consultant: 'Your account is no longer connected: please connect one again.',
        operations: 'Their account is no longer connected.',
      },
      disputed: {
        consultant: 'The customer contests the payment at their bank.',
        operations: 'The payment is disputed.',
      },
      refused: {
        consultant: 'Stripe did not accept the transfer. Our team looks into it; you need not do anything.',
        operations: 'Stripe refused the transfer. Look at the reason, then try it again on the payment.',
      },
      by_operations: {
        consultant: 'Our team keeps it back and will get in touch with you if anything is needed.',
        operations: 'The operations team keeps it back.',
      },
      paid_elsewhere: {
        consultant: 'The customer did not pay online, so our team pays your share out by hand.',
        operations: 'It was not paid with Stripe: it is paid out only when you release it on the payment.',
      },
    },
    disputeOutcomes: {
      won: {
        consultant: 'It was decided in our favour: your share is yours.',
        operations: 'It was decided in our favour: payout and refunds go on.',
      },
      lost: {
        consultant: 'It was decided in favour of the customer: the payment went back, and your share with it.',
        operations: 'It was decided in favour of the customer: what was paid out is taken back.',
      },
      closed: {
        consultant: 'The bank has closed its inquiry: your share is yours.',
        operations: 'The bank has closed its inquiry: payout and refunds go on.',
      },
    },
    startsIn: { day: 'in about a day', hour: 'in about an hour' },
    ourTeam: 'Our team',
    refundComes: '{{refundAmount}} goes back the way you paid. Banks take up to ten working days to show it.',
    refundComesElsewhere: '{{refundAmount}} goes back the way you paid.',
    payoutsWait: 'Until that is done, payouts wait. Nothing of them is lost.',
    noRefund: 'By the cancellation policy of your booking there is no refund.',
    notCharged: 'You pay nothing.',
    openRoom: 'Open the meeting room',
    yes: 'Yes',
    no: 'No',
    openReceipt: 'Open the receipt',
    calendarAttached: 'The attached file adds the session to your calendar.',
    calendarCancelled: 'The attached file removes the session from your calendar.',
    unrequested: 'If this was not you, you need not do anything.',
    minutes: '{{count}} minutes',
    hours: '{{count}} hours',
  },
}
