'use client'

import { Link, useConfig } from '@payloadcms/ui'
import { formatAdminURL } from 'payload/shared'
import type { DefaultCellComponentProps } from 'payload'
import type { ReactNode } from 'react'

type Props = Pick<DefaultCellComponentProps, 'collectionSlug' | 'link' | 'linkURL' | 'rowData'> & {
  children: ReactNode
}

/** What a list's first column links to: its record. Payload leaves this to cells of one's own. */
export const CellLink = ({ collectionSlug, link, linkURL, rowData, children }: Props) => {
  const { config } = useConfig()
  if (!link) return children
  const path = `/collections/${collectionSlug}/${encodeURIComponent(String(rowData.id))}` as const
  return (
    <Link href={linkURL ?? formatAdminURL({ adminRoute: config.routes.admin, path })} prefetch={false}>
      {children}
    </Link>
  )
}
