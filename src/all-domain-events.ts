import { directoryDomainEvents } from '#directory/directory-events'
import type { DomainEventName } from '#events/domain-events'
import { moneyDomainEvents } from '#payments/payment-events'
import { requestDomainEvents } from '#requests/request-events'
import { reviewDomainEvents } from '#reviews/review-events'
import { sessionDomainEvents } from '#sessions/session-events'

/** Every event that is announced, and when. */
export const domainEvents: Readonly<Record<DomainEventName, string>> = {
  ...sessionDomainEvents,
  ...requestDomainEvents,
  ...moneyDomainEvents,
  ...reviewDomainEvents,
  ...directoryDomainEvents,
}
