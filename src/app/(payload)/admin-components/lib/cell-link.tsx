'use client'

import { Link, useConfig } from '@payloadcms/ui'
import { formatAdminURL } from 'payload/shared'
import type { DefaultCellComponentProps } from 'payload'
import type { ReactNode } from 'react'

type Props = Pick<
  DefaultCellComponentProps,
  'cellData' | 'className' | 'collectionSlug' | 'link' | 'linkURL' | 'onClick' | 'rowData'
> & {
  children: ReactNode
}

/** What a list's first column does: it leads to its record, or picks it where the list is there to pick from. Payload leaves this to cells of one's own. */
export const CellLink = ({ cellData, className, collectionSlug, link, linkURL, onClick, rowData, children }: Props) => {
  const { config } = useConfig()
  if (onClick) {
    return (
      <button className={className} onClick={() => onClick({ cellData, collectionSlug, rowData })} type="button">
        {children}
      </button>
    )
  }
  if (!link) return children
  const path = `/collections/${collectionSlug}/${encodeURIComponent(String(rowData.id))}` as const
  return (
    <Link href={linkURL ?? formatAdminURL({ adminRoute: config.routes.admin, path })} prefetch={false}>
      {children}
    </Link>
  )
}
