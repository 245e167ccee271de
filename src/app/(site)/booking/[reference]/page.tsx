import { Suspense } from 'react'
import { PageSkeleton } from '../../_components/skeleton'
import { pageMetadata } from '../../_lib/page-metadata'
import { ManageBooking } from './manage-booking'

export const generateMetadata = pageMetadata(({ booking }) => ({
  title: booking.heading,
  robots: { index: false, follow: false },
}))

const BookingManagePage = async ({ params }: { params: Promise<{ reference: string }> }) => {
  const { reference } = await params
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ManageBooking reference={reference} />
    </Suspense>
  )
}

export default BookingManagePage
