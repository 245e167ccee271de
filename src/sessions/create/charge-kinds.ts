/** How the customer of a session is charged. Whoever books for somebody else has to say it. */
export const charges = {
  link: 'Payment link',
  elsewhere: 'Paid elsewhere',
  none: 'No charge',
} as const satisfies Record<string, string>

export type Charge = keyof typeof charges

// Object.keys gives string[]; the table's keys are exactly the ways.
export const chargeNames = Object.keys(charges) as Charge[]
