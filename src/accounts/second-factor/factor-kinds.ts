import { namesOf } from '#shared/state-table'

/** What somebody can prove themselves with after their password, and what it is called until they name it. */
export const factorKinds = {
  totp: { label: 'Authenticator app' },
  passkey: { label: 'Passkey' },
} as const satisfies Record<string, { label: string }>

export type FactorKind = keyof typeof factorKinds

export const factorKindNames = namesOf(factorKinds)

/** As many as anybody has devices; what is asked at a login goes by their number. */
export const mostFactors = 10
