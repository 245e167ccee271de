/** Whose free bookings wait until the link is opened that they are mailed. */
export const emailConfirmations = {
  nobody: 'Nobody’s',
  unknown: 'Those of people who have not confirmed their address',
  everybody: 'Everybody’s',
} as const satisfies Record<string, string>

export type EmailConfirmation = keyof typeof emailConfirmations
