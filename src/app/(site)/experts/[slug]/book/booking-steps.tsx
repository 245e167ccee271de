'use client'

import { useTexts } from '../../../_lib/use-texts'

/** Where in the booking we are: the time is chosen, the details are next. */
export const BookingSteps = ({ isFree }: { isFree: boolean }) => {
  const text = useTexts().messages.book
  const steps = isFree ? text.stepsFree : text.steps
  return (
    <ol className="steps" aria-label={text.stepsLabel}>
      {steps.map((step, n) => (
        <li
          key={step}
          className={n === 0 ? 'step step--done' : n === 1 ? 'step step--now' : 'step'}
          aria-current={n === 1 ? 'step' : undefined}
        >
          <span className="step__mark" aria-hidden="true">
            {n === 0 ? '✓' : n + 1}
          </span>
          {step}
        </li>
      ))}
    </ol>
  )
}
