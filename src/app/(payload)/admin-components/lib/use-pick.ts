'use client'

import { useListDrawerContext } from '@payloadcms/ui'
import type { DefaultCellComponentProps } from 'payload'

/** What picks a record of a list that stands in a drawer; undefined where a list is not there to pick from. */
export const usePick = ({
  collectionSlug,
  rowData,
}: Pick<DefaultCellComponentProps, 'collectionSlug' | 'rowData'>): (() => void) | undefined => {
  const { drawerSlug, onSelect } = useListDrawerContext()
  if (!drawerSlug || !onSelect) return undefined
  return () => onSelect({ collectionSlug, doc: rowData, docID: String(rowData.id) })
}
