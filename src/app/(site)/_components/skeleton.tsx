import { messages } from '../messages'

/** Grey bars where text will be; read out as one word. */
export const Skeleton = ({ lines = 3, label = messages.common.loading }: { lines?: number; label?: string }) => (
  <div className="skeleton" role="status">
    <span className="visually-hidden">{label}</span>
    {Array.from({ length: lines }, (_, n) => (
      <span key={n} className="skeleton__line" aria-hidden="true" />
    ))}
  </div>
)

export const PageSkeleton = ({ label }: { label?: string }) => (
  <div className="page-skeleton">
    <Skeleton lines={2} {...(label === undefined ? {} : { label })} />
    <div className="page-skeleton__columns" aria-hidden="true">
      <span className="skeleton__block" />
      <span className="skeleton__block" />
    </div>
  </div>
)
