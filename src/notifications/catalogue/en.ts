import type { Phrases } from './catalogue-words'

export const en: Phrases = {
  greeting: 'Hello {{recipientName}},',
  greetingWithoutName: 'Hello,',
  neutral: { customerName: 'you', senderName: 'Somebody', problem: 'your request' },
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
    no_show_claim: {
      consultant: 'One side says that the other did not come. It goes on when our team has decided about that.',
      operations: 'One side claims that the other did not come. Decide that claim, and the payout goes on.',
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
  days: '{{count}} days',
}
