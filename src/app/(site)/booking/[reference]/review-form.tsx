'use client'

import { useEffect, useRef, useState } from 'react'
import { ProblemNotice } from '../../_components/problem-notice'
import { createReview, type Managed } from '../../_lib/api'
import type { ReviewInput } from '../../_lib/api-types'
import { useCommand } from '../../_lib/use-command'
import { useTexts } from '../../_lib/use-texts'
import { StarInput } from './star-input'
const npsScores = Array.from({ length: 11 }, (_, n) => n)

type Props = {
  managed: Managed
  /** It is what the visitor came for. */
  isWanted: boolean
  onSent: () => void
}

/** What the customer says afterwards; only the stars are needed. */
export const ReviewForm = ({ managed, isWanted, onSent }: Props) => {
  const { messages } = useTexts()
  const text = messages.booking
  const heading = useRef<HTMLHeadingElement>(null)
  const [rating, setRating] = useState(0)
  const [reviewText, setReviewText] = useState('')
  const [npsScore, setNpsScore] = useState<number>()
  const [problemResolved, setProblemResolved] = useState<boolean>()
  const [isRatingMissing, setIsRatingMissing] = useState(false)
  const send = useCommand({
    send: (body: ReviewInput, key: string) => createReview(managed, body, key),
    onDone: onSent,
  })

  useEffect(() => {
    if (isWanted) heading.current?.focus()
  }, [isWanted])

  const submit = (): void => {
    setIsRatingMissing(rating === 0)
    if (rating === 0) return document.getElementById('star-1')?.focus()
    send.run({
      rating,
      ...(reviewText.trim() ? { reviewText: reviewText.trim() } : {}),
      ...(npsScore === undefined ? {} : { npsScore }),
      ...(problemResolved === undefined ? {} : { problemResolved }),
    })
  }

  return (
    <section className="panel review-form" aria-labelledby="review-heading">
      <h2 id="review-heading" ref={heading} tabIndex={-1}>
        {text.review}
      </h2>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <StarInput
          value={rating}
          error={isRatingMissing ? messages.validation.rating : undefined}
          onChange={(stars) => {
            setRating(stars)
            setIsRatingMissing(false)
          }}
        />
        <fieldset className="choices">
          <legend className="field__label">{text.reviewResolved}</legend>
          {[true, false].map((value) => (
            <label key={String(value)} className="pill">
              <input
                type="radio"
                name="resolved"
                checked={problemResolved === value}
                onChange={() => setProblemResolved(value)}
              />
              <span>{value ? text.yes : text.no}</span>
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label className="field__label" htmlFor="review-text">
            {text.reviewText} <span className="field__optional">({messages.common.optional})</span>
          </label>
          <p className="field__hint" id="review-text-hint">
            {text.reviewTextHint}
          </p>
          <textarea
            id="review-text"
            aria-describedby="review-text-hint"
            className="input input--area"
            rows={4}
            maxLength={5000}
            value={reviewText}
            onChange={(event) => setReviewText(event.target.value)}
          />
        </div>
        <fieldset className="nps">
          <legend className="field__label">{text.reviewNps}</legend>
          <div className="nps__scores">
            {npsScores.map((score) => (
              <label key={score} className="nps__score">
                <input type="radio" name="nps" checked={npsScore === score} onChange={() => setNpsScore(score)} />
                <span>{score}</span>
              </label>
            ))}
          </div>
          <p className="nps__ends" aria-hidden="true">
            <span>{text.reviewNpsLow}</span>
            <span>{text.reviewNpsHigh}</span>
          </p>
        </fieldset>
        {send.error ? <ProblemNotice error={send.error} takesFocus /> : null}
        <button type="submit" className="button" aria-disabled={send.isRunning || undefined}>
          {send.isRunning ? text.reviewSubmitting : text.reviewSubmit}
        </button>
      </form>
    </section>
  )
}
