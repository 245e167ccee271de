import { Suspense } from 'react'
import { Directory } from './_directory/directory'
import { ResultsSkeleton } from './_directory/results-skeleton'
import { messages } from './messages'

const DirectoryPage = () => (
  <>
    <section className="hero">
      <h1>{messages.directory.title}</h1>
      <p>{messages.directory.intro}</p>
    </section>
    <Suspense fallback={<ResultsSkeleton />}>
      <Directory />
    </Suspense>
  </>
)

export default DirectoryPage
