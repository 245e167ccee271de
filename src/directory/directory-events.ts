import type { DomainEventName } from '#events/domain-events'

declare module '#events/domain-events' {
  interface DomainEvents {
    'consultant.published': { consultantId: string }
    'consultant.unpublished': { consultantId: string }
  }
}

/** What is announced of a consultant's profile, and when. */
export const directoryDomainEvents: Readonly<Record<Extract<DomainEventName, `consultant.${string}`>, string>> = {
  'consultant.published': 'A profile appears: it is published, and public.',
  'consultant.unpublished': 'It disappears: unpublished, hidden, or deleted.',
}
