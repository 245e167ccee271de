import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PageSkeleton } from '../../../_components/skeleton'
import { messages } from '../../../messages'
import { BookingPage } from './booking-page'

export const metadata: Metadata = { title: messages.book.title, robots: { index: false } }

const BookPage = async ({ params }: { params: Promise<{ slug: string }> }) => {
  const { slug } = await params
  return (
    <Suspense fallback={<PageSkeleton />}>
      <BookingPage slug={slug} />
    </Suspense>
  )
}

export default BookPage
