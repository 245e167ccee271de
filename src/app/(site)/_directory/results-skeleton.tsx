'use client'

import { useTexts } from '../_lib/use-texts'

export const ResultsSkeleton = () => {
  const { messages } = useTexts()
  return (
    <div role="status">
      <span className="visually-hidden">{messages.common.loading}</span>
      <ul className="card-grid" aria-hidden="true">
        {Array.from({ length: 6 }, (_, n) => (
          <li key={n} className="card card--loading">
            <span className="skeleton__line" />
            <span className="skeleton__line" />
            <span className="skeleton__line" />
          </li>
        ))}
      </ul>
    </div>
  )
}
