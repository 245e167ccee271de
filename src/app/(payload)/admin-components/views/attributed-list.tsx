import { DefaultListView } from '@payloadcms/ui'
import { createLocalReq, type ListViewServerProps } from 'payload'
import { isAttributeSubject } from '#attributes/attribute-kinds'
import { AttributeFilters } from '../attributes/attribute-filters'
import { loadAttributesOfList } from '../attributes/load-attribute-views'

/** What the page gets and the list in the browser has no use for. */
const serverProps = [
  'collectionConfig',
  'data',
  'i18n',
  'limit',
  'listSearchableFields',
  'locale',
  'params',
  'payload',
  'permissions',
  'searchParams',
  'user',
] as const satisfies readonly (keyof ListViewServerProps)[]

/** Payload's list, in which attributes are shown with their labels and filtered by like any field. */
export const AttributedList = async (props: ListViewServerProps) => {
  const { collectionSlug, payload, user } = props
  const inBrowser: Partial<ListViewServerProps> = { ...props }
  for (const name of serverProps) Reflect.deleteProperty(inBrowser, name)
  const list = <DefaultListView {...(inBrowser as ListViewServerProps)} />
  if (!isAttributeSubject(collectionSlug)) return list
  // The page has no request to hand on.
  const req = await createLocalReq({ ...(user ? { user } : {}) }, payload)
  return (
    <AttributeFilters attributes={await loadAttributesOfList(req, collectionSlug)} collectionSlug={collectionSlug}>
      {list}
    </AttributeFilters>
  )
}
