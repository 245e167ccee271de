'use client'

import { Stars } from '../../_components/rating'
import type { Consultant } from '../../_lib/api-types'
import { useTexts } from '../../_lib/use-texts'

export const ReviewList = ({ consultant, zone }: { consultant: Consultant; zone: string }) => {
  const { formats, messages } = useTexts()
  const text = messages.expert
  return (
    <section>
      <h2>{text.reviews}</h2>
      {consultant.reviews.length === 0 ? <p className="muted">{text.noReviews}</p> : null}
      <ul className="reviews">
        {consultant.reviews.map((review) => (
          <li key={`${review.createdAt} ${review.customerName}`} className="review">
            <p className="review__head">
              <Stars value={review.rating} />
              <strong>{review.customerName}</strong>
              <span className="muted">{formats.month(review.createdAt, { timeZone: zone })}</span>
            </p>
            {review.reviewText ? <p className="prose">{review.reviewText}</p> : null}
            {review.consultantResponse ? (
              <blockquote className="review__response">
                <p className="muted">{text.response(consultant.name)}</p>
                <p className="prose">{review.consultantResponse}</p>
              </blockquote>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
