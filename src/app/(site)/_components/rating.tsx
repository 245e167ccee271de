'use client'

import { useTexts } from '../_lib/use-texts'

const full = [1, 2, 3, 4, 5]

/** Five stars, filled up to a value from 0 to 5; the words are for those who do not see them. */
export const Stars = ({ value }: { value: number }) => {
  const { messages } = useTexts()
  return (
    <span className="stars" role="img" aria-label={messages.booking.stars(value)}>
      {full.map((n) => (
        <svg
          key={n}
          viewBox="0 0 20 20"
          width="16"
          height="16"
          className={n <= Math.round(value) ? 'stars__on' : 'stars__off'}
        >
          <path d="M10 2.500 12.300 7.300 17.600 8 13.700 11.600 14.700 16.900 10 14.300 5.300 16.900 6.300 11.600 2.400 8 7.700 7.300Z" />
        </svg>
      ))}
    </span>
  )
}

export const Rating = ({ average, count }: { average: number | null; count: number }) => {
  const { formats, messages } = useTexts()
  if (average === null || count === 0)
    return <span className="rating rating--none">{messages.directory.noReviews}</span>
  const value = formats.rating(average)
  return (
    <span className="rating">
      <svg viewBox="0 0 20 20" width="16" height="16" className="stars__on" aria-hidden="true">
        <path d="M10 2.500 12.300 7.300 17.600 8 13.700 11.600 14.700 16.900 10 14.300 5.300 16.900 6.300 11.600 2.400 8 7.700 7.300Z" />
      </svg>
      <span aria-hidden="true">
        <strong>{value}</strong> ({count})
      </span>
      <span className="visually-hidden">{messages.directory.rating(value, count)}</span>
    </span>
  )
}
