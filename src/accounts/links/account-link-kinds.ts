import type { AccountMessageKind } from '#notifications/account-mail/account-message-kinds'
import { namesOf } from '#shared/state-table'

/** The pages of the site that links about a login lead to; each takes the links of its own purposes. */
export const accountPages = {
  confirm: '/account/confirm',
  password: '/account/password',
} as const

export type AccountPage = keyof typeof accountPages

type PurposeTraits = {
  /** How long the link works. */
  validMinutes: number
  page: AccountPage
  mail: AccountMessageKind
  /** How many of them one address is sent within an hour; null: whoever asks for them is known. */
  mostPerHour: number | null
}

/**
 * Why somebody is mailed a link about a login.
 * - `register`: somebody asks for an account with an address that has none. There is no user until the link is opened.
 * - `known`: somebody asks for an account with an address that has one. Its owner is told, and may choose another password.
 * - `invite`: staff have made the account; whoever opens the mail confirms it.
 * - `reset`: somebody has forgotten their password.
 */
export const accountLinkPurposes = {
  register: { validMinutes: 24 * 60, page: 'confirm', mail: 'account_verify', mostPerHour: 3 },
  known: { validMinutes: 60, page: 'password', mail: 'account_known', mostPerHour: 1 },
  invite: { validMinutes: 7 * 24 * 60, page: 'confirm', mail: 'account_invite', mostPerHour: null },
  reset: { validMinutes: 60, page: 'password', mail: 'password_reset', mostPerHour: 3 },
} as const satisfies Record<string, PurposeTraits>

export type AccountLinkPurpose = keyof typeof accountLinkPurposes

export const accountLinkPurposeNames = namesOf(accountLinkPurposes)

/** What anybody may ask for, with nothing but an address. */
export type AskedPurpose = 'register' | 'reset'
