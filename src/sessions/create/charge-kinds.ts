import type { Words } from '#shared/words'

/** How the customer of a session is charged. Whoever books for somebody else has to say it. */
export const charges = {
  link: { en: 'Payment link', de: 'Zahlungslink' },
  elsewhere: { en: 'Paid elsewhere', de: 'Anderswo bezahlt' },
  none: { en: 'No charge', de: 'Kostenlos' },
} as const satisfies Record<string, Words>

export type Charge = keyof typeof charges

// Object.keys gives string[]; the table's keys are exactly the ways.
export const chargeNames = Object.keys(charges) as Charge[]
