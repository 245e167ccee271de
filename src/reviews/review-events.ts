import type { Review } from '#payload-types'
import type { DomainEventName } from '#events/domain-events'

declare module '#events/domain-events' {
  interface DomainEvents {
    'review.created': { reviewId: string }
    'review.published': { reviewId: string }
  }
}

/** What is announced of a review, and when. */
export const reviewDomainEvents: Readonly<Record<Extract<DomainEventName, `review.${string}`>, string>> = {
  'review.created': 'A customer has reviewed a session.',
  'review.published': "It is shown on the consultant's page, from the beginning or (again) from now on.",
}

/** Whether everybody sees it. */
export const isReviewShown = ({ isPublic, moderation }: Partial<Pick<Review, 'isPublic' | 'moderation'>>): boolean =>
  Boolean(isPublic) && moderation?.status === 'approved'
