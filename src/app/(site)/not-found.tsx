import Link from 'next/link'
import { EmptyState } from './_components/empty-state'
import { askedTexts } from './_lib/asked-language'
import { pageMetadata } from './_lib/page-metadata'

export const generateMetadata = pageMetadata(({ errors }) => ({ title: errors.notFoundTitle }))

const NotFound = async () => {
  const { common, errors } = (await askedTexts()).messages
  return (
    <EmptyState level={1} icon="search" title={errors.notFoundTitle} text={errors.notFoundText}>
      <Link className="button" href="/">
        {common.backToExperts}
      </Link>
    </EmptyState>
  )
}

export default NotFound
