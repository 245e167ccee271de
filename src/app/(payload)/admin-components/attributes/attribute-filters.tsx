'use client'

import { ConfigProvider, useConfig } from '@payloadcms/ui'
import type { ClientConfig, ClientField } from 'payload'
import { type ReactNode, useMemo } from 'react'
import type { AttributeView } from './attribute-view'
import { AttributesContext } from './attributes-context'

type Props = { attributes: readonly AttributeView[]; collectionSlug: string; children: ReactNode }

/** The types of Payload's fields whose filters have the right input, and no operator that attributes do not know. */
const filterTypes = {
  text: 'email',
  long_text: 'email',
  number: 'number',
  checkbox: 'checkbox',
  date: 'date',
  select: 'select',
  multi_select: 'select',
  email: 'email',
  url: 'email',
} as const satisfies Record<AttributeView['type'], ClientField['type']>

const toFilterField = ({ key, label, options, type }: AttributeView): ClientField => {
  const field = {
    // By this name the filters ask whether it may be read; `virtual` is the path that they filter by.
    name: 'attributes',
    virtual: `attributes.${key}`,
    type: filterTypes[type],
    label,
    options,
    admin: { disableBulkEdit: true, disableListColumn: true },
  }
  // A filter has no use for what the type asks for besides: how the field looks in a form.
  return field as unknown as ClientField
}

/**
 * Around a list: its filters offer each attribute like a field. Payload takes what can be filtered from the configuration, which is the
 * same for all; so here is one of this list's own, with a field for each attribute.
 */
export const AttributeFilters = ({ attributes, children, collectionSlug }: Props) => {
  const { config } = useConfig()
  const extended = useMemo<ClientConfig>(
    () => ({
      ...config,
      collections: config.collections.map((collection) =>
        collection.slug === collectionSlug
          ? {
              ...collection,
              fields: [...collection.fields, ...attributes.filter((one) => one.isFilterable).map(toFilterField)],
            }
          : collection,
      ),
    }),
    [attributes, collectionSlug, config],
  )
  return (
    <AttributesContext value={attributes}>
      <ConfigProvider config={extended}>{children}</ConfigProvider>
    </AttributesContext>
  )
}
