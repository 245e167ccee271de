import type { ReactNode } from 'react'

/** The frame of a widget: a region of the page with a heading of its own. */
export const Widget = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="parley-panel parley-widget">
    <h3>{title}</h3>
    {children}
  </section>
)
