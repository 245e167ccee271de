import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

type Props = { icon: IconName; title: string; text: string; level?: 1 | 2; children?: ReactNode }

/** What stands where there is nothing to show: why, and the way on. */
export const EmptyState = ({ icon, title, text, level = 2, children }: Props) => {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <section className="empty-state">
      <span className="empty-state__icon">
        <Icon name={icon} />
      </span>
      <Heading>{title}</Heading>
      <p>{text}</p>
      {children ? <div className="empty-state__actions">{children}</div> : null}
    </section>
  )
}
