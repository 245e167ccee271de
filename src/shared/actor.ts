/** Who makes a change; recorded in every history, and what the transition tables speak of. */
export const actorRoles = {
  admin: 'Administrator',
  operations: 'Operations',
  consultant: 'Consultant',
  customer: 'Customer',
  payment: 'Payment',
  meeting: 'Meeting events',
  system: 'System',
} as const satisfies Record<string, string>

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
