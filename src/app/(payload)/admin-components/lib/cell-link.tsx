'use client'

import { Link, useConfig } from '@payloadcms/ui'
import { formatAdminURL } from 'payload/shared'
import type { DefaultCellComponentProps } from 'payload'
import type { ReactNode } from 'react'
import { usePick } from './use-pick'

type Props = Pick<DefaultCellComponentProps, 'collectionSlug' | 'link' | 'linkURL' | 'rowData'> & {
  children: ReactNode
}

/** What a list's first column does: it leads to its record, or picks it where the list is there to pick from. Payload leaves this to cells of one's own. */
export const CellLink = ({ collectionSlug, link, linkURL, rowData, children }: Props) => {
  const { config } = useConfig()
  const pick = usePick({ collectionSlug, rowData })
  if (!link) return children
  if (pick) {
    return (
      <button className="default-cell__first-cell" onClick={pick} type="button">
        {children}
      </button>
    )
  }
  const path = `/collections/${collectionSlug}/${encodeURIComponent(String(rowData.id))}` as const
  return (
    <Link href={linkURL ?? formatAdminURL({ adminRoute: config.routes.admin, path })} prefetch={false}>
      {children}
    </Link>
  )
}
