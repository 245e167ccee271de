import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PageSkeleton } from '../../_components/skeleton'
import { messages } from '../../messages'
import { ManageRequest } from './manage-request'

export const metadata: Metadata = { title: messages.request.heading, robots: { index: false, follow: false } }

const RequestManagePage = async ({ params }: { params: Promise<{ reference: string }> }) => {
  const { reference } = await params
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ManageRequest reference={reference} />
    </Suspense>
  )
}

export default RequestManagePage
