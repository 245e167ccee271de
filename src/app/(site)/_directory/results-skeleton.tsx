import { messages } from '../messages'

export const ResultsSkeleton = () => (
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
