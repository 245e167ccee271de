import { Suspense } from 'react'
import { PageSkeleton } from '../../_components/skeleton'
import { pageMetadata } from '../../_lib/page-metadata'
import { ExpertProfile } from './expert-profile'

export const generateMetadata = pageMetadata(({ expert }) => ({ title: expert.book }))

const ExpertPage = async ({ params }: { params: Promise<{ slug: string }> }) => {
  const { slug } = await params
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ExpertProfile slug={slug} />
    </Suspense>
  )
}

export default ExpertPage
