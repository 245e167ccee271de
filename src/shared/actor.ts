import type { Words } from './words'

/** Who makes a change; recorded in every history, and what the transition tables speak of. */
export const actorRoles = {
  admin: { en: 'Administrator', de: 'Administration' },
  operations: { en: 'Operations', de: 'Betriebsteam' },
  consultant: { en: 'Consultant', de: 'Fachperson' },
  customer: { en: 'Customer', de: 'Kundin/Kunde' },
  payment: { en: 'Payment', de: 'Zahlung' },
  meeting: { en: 'Meeting events', de: 'Meldungen des Videoraums' },
  system: { en: 'System', de: 'System' },
} as const satisfies Record<string, Words>

export type ActorRole = keyof typeof actorRoles

// Object.keys gives string[]; the table's keys are exactly the roles.
export const actorRoleNames = Object.keys(actorRoles) as ActorRole[]

/** Whose side a role is on: staff act for operations, whoever is neither staff nor the consultant for the customer. */
export const sideOfRole = (role: ActorRole): 'customer' | 'consultant' | 'operations' => {
  if (role === 'admin' || role === 'operations') return 'operations'
  return role === 'consultant' ? 'consultant' : 'customer'
}

/** `id`: of the user, or of the customer for a guest; null for the system's own roles. */
export type Actor = { role: ActorRole; id: string | null }

export const systemActor: Actor = { role: 'system', id: null }
export const paymentActor: Actor = { role: 'payment', id: null }
export const meetingActor: Actor = { role: 'meeting', id: null }
