import type { FieldHook, JSONField, UIField } from 'payload'
import { adminComponent } from '#database/fields/admin-component'
import { jsonField } from '#database/fields/text-fields'
import { isStaff } from '#access/roles'
import { attributeDefinitions } from './attribute-definitions'
import type { AttributeSubject } from './attribute-kinds'
import { viewerOfRecord } from './attribute-sides'
import { pickReadable } from './decide-attribute-access'
import { decideAttributes } from './decide-attributes'

/**
 * What operations have defined for these records, by key. Who reads and who sets which of them stands in `custom-attributes`; what one does
 * not read is left out of every answer, and kept when one sets others. A new session comes through its own gate (`prepare-new-session`),
 * on whatever way it is made.
 */
export const attributesField = (subject: AttributeSubject): JSONField => {
  const field = jsonField('attributes', {
    description: {
      en: 'What operations have defined for these records.',
      de: 'Was das Betriebsteam für diese Einträge festgelegt hat.',
    },
    components: { Field: adminComponent('attributes-field') },
  })
  return {
    ...field,
    hooks: { beforeValidate: [writeAttributes(subject)], afterRead: [readAttributes(subject)] },
    // Lists show them in a column that cannot be sorted by, and offer each to filter by; what a record has is its own.
    admin: { ...field.admin, disableListColumn: true, disableListFilter: true, disableBulkEdit: true },
  }
}

/** What a list shows of its records' attributes. It stores nothing. */
export const attributesColumn: UIField = {
  name: 'attributeValues',
  type: 'ui',
  label: { en: 'Attributes', de: 'Eigene Felder' },
  admin: { components: { Cell: adminComponent('attributes-cell') } },
}

/** Our own code reads everything: it has no reader yet. */
const readAttributes =
  (subject: AttributeSubject): FieldHook =>
  async ({ originalDoc, overrideAccess, req, value }): Promise<unknown> => {
    if (overrideAccess === true || value === null || value === undefined) return value
    return pickReadable(
      value,
      await attributeDefinitions(req, subject),
      await viewerOfRecord(req, subject, originalDoc),
    )
  }

const writeAttributes =
  (subject: AttributeSubject): FieldHook =>
  async ({ data, operation, originalDoc, overrideAccess, previousValue, req, siblingData }): Promise<unknown> => {
    const sent: unknown = siblingData.attributes
    const isNew = operation === 'create'
    if (subject === 'scheduled-sessions' && isNew) return sent
    const isPersons = overrideAccess !== true
    // What is not published yet may be incomplete, and our own code makes records of which nobody was asked anything.
    const isComplete = isNew && isPersons && (subject !== 'consultant-profiles' || data?._status === 'published')
    if (sent === undefined && !isComplete) return undefined
    const decided = decideAttributes({
      definitions: await attributeDefinitions(req, subject),
      stored: isNew ? null : previousValue,
      sent,
      viewer: isPersons && !isStaff(req) ? await viewerOfRecord(req, subject, originalDoc) : 'staff',
      serviceType: subject === 'scheduled-sessions' ? serviceTypeOf(originalDoc) : undefined,
      isComplete,
      isLenient: req.context.isRestoringVersion === true,
    })
    return decided ?? (isNew ? null : (previousValue ?? null))
  }

const serviceTypeOf = (session: unknown): string | undefined => {
  const { serviceType } = (session ?? {}) as { serviceType?: unknown }
  return typeof serviceType === 'string' ? serviceType : undefined
}
