/** What the booking API says about a session (see `GET /api/booking/sessions/{reference}`); the parts that are shown here. */
export type SessionView = {
  reference: string
  status: string
  start: string
  end: string
  durationMinutes: number
  /** The customer's. */
  timeZone: string
  consultant: { slug: string; name: string; timeZone: string }
  serviceType: { slug: string; name: string }
  meeting: { joinUrl: string } | null
  actions: string[]
}

export type CancellationView = {
  allowed: boolean
  refund: { amount: number; currency: string }
  reason: string
  deadline: string
}

type Slots = { slots: Record<string, { start: string; end: string }[]> }

// The API is ours and described by a contract that its own tests hold; its answers are not checked again here.
export const toSessionView = (answer: unknown): SessionView => (answer as { session: SessionView }).session
export const toCancellationView = (answer: unknown): CancellationView => answer as CancellationView
export const toSlots = (answer: unknown): Slots['slots'] => (answer as Slots).slots
