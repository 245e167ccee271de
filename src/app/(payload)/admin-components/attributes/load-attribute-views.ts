import type { PayloadRequest } from 'payload'
import type { AttributeDefinition } from '#attributes/attribute-definition'
import { attributeDefinitions } from '#attributes/attribute-definitions'
import type { AttributeSubject } from '#attributes/attribute-kinds'
import { sidesInLists, viewerOfRecord } from '#attributes/attribute-sides'
import { isFilterable, isReadable, isWritable } from '#attributes/decide-attribute-access'
import type { AttributeView } from './attribute-view'

const toView = (
  { help, key, label, max, min, options, required, serviceTypes, type }: AttributeDefinition,
  may: Pick<AttributeView, 'isFilterable' | 'isWritable'>,
): AttributeView => ({ help, key, label, max, min, options, required, serviceTypes, type, ...may })

/** In a form: what whoever asks reads of the record's attributes, and which of them they set. */
export const loadAttributesOfRecord = async (
  req: PayloadRequest,
  subject: AttributeSubject,
  record: Parameters<typeof viewerOfRecord>[2],
): Promise<AttributeView[]> => {
  const viewer = await viewerOfRecord(req, subject, record)
  return (await attributeDefinitions(req, subject))
    .filter((definition) => isReadable(definition, viewer))
    .map((definition) => toView(definition, { isFilterable: false, isWritable: isWritable(definition, viewer) }))
}

/** In a list: what whoever asks may read of any record in it, and by which of it they filter. */
export const loadAttributesOfList = async (
  req: PayloadRequest,
  subject: AttributeSubject,
): Promise<AttributeView[]> => {
  const sides = await sidesInLists(req, subject)
  const viewer = sides === 'staff' ? sides : sides.filter((side) => side !== 'stranger')
  const owner = subject === 'consultant-profiles' && viewer !== 'staff' ? [...viewer, 'consultant' as const] : viewer
  return (await attributeDefinitions(req, subject))
    .filter((definition) => isReadable(definition, owner))
    .map((definition) => toView(definition, { isFilterable: isFilterable(definition, sides), isWritable: false }))
}
