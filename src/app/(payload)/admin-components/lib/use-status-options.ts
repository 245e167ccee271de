'use client'

import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import type { ClientField, Option } from 'payload'

const findStatus = (fields: readonly ClientField[]): Option[] | undefined => {
  for (const field of fields) {
    if (field.type === 'select' && field.name === 'status') return field.options
    const inner =
      field.type === 'tabs' ? field.tabs.flatMap((tab) => tab.fields) : field.type === 'row' ? field.fields : []
    const found = findStatus(inner)
    if (found) return found
  }
  return undefined
}

/** The states of the record that is open, with their labels. */
export const useStatusOptions = (): Option[] => {
  const { collectionSlug } = useDocumentInfo()
  const { getEntityConfig } = useConfig()
  if (collectionSlug === undefined) return []
  return findStatus(getEntityConfig({ collectionSlug })?.fields ?? []) ?? []
}
