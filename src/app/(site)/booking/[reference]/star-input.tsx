'use client'

import { useTexts } from '../../_lib/use-texts'

type Props = { value: number; error: string | undefined; onChange: (stars: number) => void }

/** One to five stars as a group of radio buttons, so that arrow keys and screen readers just work. */
export const StarInput = ({ value, error, onChange }: Props) => {
  const text = useTexts().messages.booking
  return (
    <fieldset className="star-input" aria-describedby={error ? 'star-error' : undefined}>
      <legend className="field__label">{text.reviewRating}</legend>
      <div className="star-input__stars">
        {[1, 2, 3, 4, 5].map((stars) => (
          <label key={stars} className={stars <= value ? 'star-input__star star-input__star--on' : 'star-input__star'}>
            <input
              id={`star-${stars}`}
              type="radio"
              name="rating"
              value={stars}
              checked={value === stars}
              onChange={() => onChange(stars)}
            />
            <span className="visually-hidden">{text.stars(stars)}</span>
            <svg viewBox="0 0 20 20" width="36" height="36" aria-hidden="true">
              <path d="M10 2.500 12.300 7.300 17.600 8 13.700 11.600 14.700 16.900 10 14.300 5.300 16.900 6.300 11.600 2.400 8 7.700 7.300Z" />
            </svg>
          </label>
        ))}
      </div>
      {error ? (
        <p id="star-error" className="field__error" role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}
