import { isolateObjectProperty, type PayloadRequest } from 'payload'
import type { Review } from '#payload-types'
import type { Actor } from '#shared/actor'
import { lockSessionToAct } from '#sessions/lock-session-to-act'

export type ReviewInput = {
  /** 1 to 5. */
  rating: number
  reviewText?: string | undefined
  aspects?:
    | {
        professionalism?: number | undefined
        expertise?: number | undefined
        communication?: number | undefined
        valueForMoney?: number | undefined
      }
    | undefined
  /** 0 to 10. */
  npsScore?: number | undefined
  problemResolved?: boolean | undefined
}

/**
 * What the customer says about a completed session; once. Call it inside a transaction: the session is locked, so that of two
 * reviews at once the second is told so (the unique index would only call it a double).
 * @throws DomainError `illegal_transition` before completion and the second time, `forbidden` for anybody but the customer.
 */
export const reviewSession = async (
  req: PayloadRequest,
  { sessionId, actor, review }: { sessionId: string; actor: Actor; review: ReviewInput },
): Promise<Review> => {
  const session = await lockSessionToAct(req, { sessionId, action: 'review', actor })
  // The manage token says who they are, also to somebody who is logged in as another user: the collection would ask the login.
  const asCustomer = isolateObjectProperty(req, 'user')
  asCustomer.user = null
  return req.payload.create({
    collection: 'reviews',
    data: {
      scheduledSession: session.id,
      consultant: session.consultantId,
      customer: session.customerId,
      rating: review.rating,
      reviewText: review.reviewText ?? null,
      aspects: {
        professionalism: review.aspects?.professionalism ?? null,
        expertise: review.aspects?.expertise ?? null,
        communication: review.aspects?.communication ?? null,
        valueForMoney: review.aspects?.valueForMoney ?? null,
      },
      npsScore: review.npsScore ?? null,
      problemResolved: review.problemResolved ?? null,
      // Shown at once; operations may take it down.
      moderation: { status: 'approved' },
    },
    depth: 0,
    req: asCustomer,
  })
}
