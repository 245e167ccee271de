'use client'

import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import type { ClientField, Option } from 'payload'

/** The states of the record that is open, with their labels. */
export const useStatusOptions = (): Option[] => {
  const { collectionSlug } = useDocumentInfo()
  const { getEntityConfig } = useConfig()
  if (collectionSlug === undefined) return []
  return findStatusOptions(getEntityConfig({ collectionSlug })?.fields ?? []) ?? []
}

/** The states that records with these fields can have; undefined where they have none. */
export const findStatusOptions = (fields: readonly ClientField[], name = 'status'): Option[] | undefined => {
  for (const field of fields) {
    if (field.type === 'select' && field.name === name) return field.options
    const inner =
      field.type === 'tabs' ? field.tabs.flatMap((tab) => tab.fields) : field.type === 'row' ? field.fields : []
    const found = findStatusOptions(inner, name)
    if (found) return found
  }
  return undefined
}
