import { Suspense } from 'react'
import { PageSkeleton } from '../../_components/skeleton'
import { pageMetadata } from '../../_lib/page-metadata'
import { ManageRequest } from './manage-request'

export const generateMetadata = pageMetadata(({ request }) => ({
  title: request.heading,
  robots: { index: false, follow: false },
}))

const RequestManagePage = async ({ params }: { params: Promise<{ reference: string }> }) => {
  const { reference } = await params
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ManageRequest reference={reference} />
    </Suspense>
  )
}

export default RequestManagePage
