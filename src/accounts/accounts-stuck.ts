import type { StuckWork } from '#outbox/stuck-work'

export const accountsStuck = {
  tasks: {
    'deliver-account-mail': {
      label: 'Mail about a login',
      provider: 'resend',
      ifGivenUp:
        'This person does not get this mail. They, or whoever invites them, can ask for another one at any time.',
    },
    'deliver-login-news': {
      label: 'Mail about a change of a login',
      provider: 'resend',
      ifGivenUp:
        'This person is not told of a change of how they log in: of a second factor or a recovery code, an account elsewhere, their address or their password.',
    },
  },
} satisfies StuckWork
