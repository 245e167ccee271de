'use client'

import { useConfig } from '@payloadcms/ui'
import { listUrl } from './lib/list-url'
import type { PlainText } from './words/admin-words'
import { useWords } from './lib/use-words'

const filters: { label: PlainText; where: Record<string, string> }[] = [
  { label: 'Failed', where: { status: 'failed' } },
  { label: 'Waiting', where: { status: 'received' } },
  { label: 'All', where: {} },
]

/** Above the list of Stripe's events: the ways to look at it that are needed most. */
export const FailedEventsBar = () => {
  const { say } = useWords()
  const { config } = useConfig()
  return (
    <ul className="parley-filters parley-list-bar">
      {filters.map(({ label, where }) => (
        <li key={label}>
          <a href={listUrl({ adminRoute: config.routes.admin, collection: 'stripe-events', where })}>{say(label)}</a>
        </li>
      ))}
    </ul>
  )
}
