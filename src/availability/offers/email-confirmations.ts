import type { Words } from '#shared/words'

/** Whose free bookings wait until the link is opened that they are mailed. */
export const emailConfirmations = {
  nobody: { en: 'Nobody’s', de: 'Von niemandem' },
  unknown: {
    en: 'Those of people who have not confirmed their address',
    de: 'Von allen, die ihre Adresse nicht bestätigt haben',
  },
  everybody: { en: 'Everybody’s', de: 'Von allen' },
} as const satisfies Record<string, Words>

export type EmailConfirmation = keyof typeof emailConfirmations
