import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from './_components/empty-state'
import { messages } from './messages'

export const metadata: Metadata = { title: messages.errors.notFoundTitle }

const NotFound = () => (
  <EmptyState level={1} icon="search" title={messages.errors.notFoundTitle} text={messages.errors.notFoundText}>
    <Link className="button" href="/">
      {messages.common.backToExperts}
    </Link>
  </EmptyState>
)

export default NotFound
