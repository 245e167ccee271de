import { Suspense } from 'react'
import { PageSkeleton } from '../_components/skeleton'
import { pageMetadata } from '../_lib/page-metadata'
import { RequestPage } from './request-page'

export const generateMetadata = pageMetadata(({ request }) => ({ title: request.title, description: request.intro }))

const AskPage = () => (
  <Suspense fallback={<PageSkeleton />}>
    <RequestPage />
  </Suspense>
)

export default AskPage
