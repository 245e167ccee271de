import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PageSkeleton } from '../_components/skeleton'
import { messages } from '../messages'
import { RequestPage } from './request-page'

export const metadata: Metadata = { title: messages.request.title, description: messages.request.intro }

const AskPage = () => (
  <Suspense fallback={<PageSkeleton />}>
    <RequestPage />
  </Suspense>
)

export default AskPage
