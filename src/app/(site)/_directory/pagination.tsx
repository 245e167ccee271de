'use client'

import Link from 'next/link'
import { Icon } from '../_components/icon'
import { useTexts } from '../_lib/use-texts'

type Props = { page: number; totalPages: number; hrefOf: (page: number) => string }

export const Pagination = ({ page, totalPages, hrefOf }: Props) => {
  const text = useTexts().messages.directory
  return totalPages <= 1 ? null : (
    <nav className="pagination" aria-label={text.pagination}>
      {page > 1 ? (
        <Link className="button button--quiet" rel="prev" href={hrefOf(page - 1)}>
          <Icon name="left" />
          {text.previous}
        </Link>
      ) : null}
      <span className="pagination__page">{text.page(page, totalPages)}</span>
      {page < totalPages ? (
        <Link className="button button--quiet" rel="next" href={hrefOf(page + 1)}>
          {text.next}
          <Icon name="right" />
        </Link>
      ) : null}
    </nav>
  )
}
