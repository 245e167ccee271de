import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PageSkeleton } from '../../_components/skeleton'
import { messages } from '../../messages'
import { ManageBooking } from './manage-booking'

export const metadata: Metadata = { title: messages.booking.heading, robots: { index: false, follow: false } }

const BookingManagePage = async ({ params }: { params: Promise<{ reference: string }> }) => {
  const { reference } = await params
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ManageBooking reference={reference} />
    </Suspense>
  )
}

export default BookingManagePage
