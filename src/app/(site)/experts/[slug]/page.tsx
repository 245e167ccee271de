import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PageSkeleton } from '../../_components/skeleton'
import { messages } from '../../messages'
import { ExpertProfile } from './expert-profile'

export const metadata: Metadata = { title: messages.expert.book }

const ExpertPage = async ({ params }: { params: Promise<{ slug: string }> }) => {
  const { slug } = await params
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ExpertProfile slug={slug} />
    </Suspense>
  )
}

export default ExpertPage
