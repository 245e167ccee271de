import { Suspense } from 'react'
import { PageSkeleton } from '../../../_components/skeleton'
import { pageMetadata } from '../../../_lib/page-metadata'
import { BookingPage } from './booking-page'

export const generateMetadata = pageMetadata(({ book }) => ({ title: book.title, robots: { index: false } }))

const BookPage = async ({ params }: { params: Promise<{ slug: string }> }) => {
  const { slug } = await params
  return (
    <Suspense fallback={<PageSkeleton />}>
      <BookingPage slug={slug} />
    </Suspense>
  )
}

export default BookPage
