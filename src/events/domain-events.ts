/**
 * Everything that happens in the product and that others may want to hear of, with what it says: ids and references alone, since whoever hears
 * of it reads how things stand by then. Each feature declares its own here, so that this file knows none of them:
 *
 *     declare module '#events/domain-events' {
 *       interface DomainEvents {
 *         'review.created': { reviewId: string }
 *       }
 *     }
 *
 * The names are part of the public contract. They are announced by `announce`, in the one place where each of them happens.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Filled by the features, by merging of declarations.
export interface DomainEvents {}

export type DomainEventName = keyof DomainEvents

/** One thing that has happened. */
export type DomainEvent<Name extends DomainEventName = DomainEventName> = {
  [Each in Name]: {
    /** The same for the same occurrence, however often somebody is told of it. */
    id: string
    name: Each
    /** When it was written down; ISO 8601. */
    at: string
    data: DomainEvents[Each]
  }
}[Name]
