'use client'

import { useTexts } from '../_lib/use-texts'

/** Grey bars where text will be; read out as one word. */
export const Skeleton = ({ lines = 3 }: { lines?: number }) => {
  const { messages } = useTexts()
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{messages.common.loading}</span>
      {Array.from({ length: lines }, (_, n) => (
        <span key={n} className="skeleton__line" aria-hidden="true" />
      ))}
    </div>
  )
}

export const PageSkeleton = () => (
  <div className="page-skeleton">
    <Skeleton lines={2} />
    <div className="page-skeleton__columns" aria-hidden="true">
      <span className="skeleton__block" />
      <span className="skeleton__block" />
    </div>
  </div>
)
