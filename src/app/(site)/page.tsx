import { Suspense } from 'react'
import { Directory } from './_directory/directory'
import { ResultsSkeleton } from './_directory/results-skeleton'
import { askedTexts } from './_lib/asked-language'

const DirectoryPage = async () => {
  const { directory } = (await askedTexts()).messages
  return (
    <>
      <section className="hero">
        <h1>{directory.title}</h1>
        <p>{directory.intro}</p>
      </section>
      <Suspense fallback={<ResultsSkeleton />}>
        <Directory />
      </Suspense>
    </>
  )
}

export default DirectoryPage
