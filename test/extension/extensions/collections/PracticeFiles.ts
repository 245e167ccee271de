import type { CollectionConfig } from 'payload'
import { staff } from '#access/collection-access'
import { derived } from '#access/field-access'
import { ofOwnConsultant } from '#access/record-access'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, paragraphField, textField } from '#database/fields/text-fields'

const made = { access: derived, readOnly: true } as const

/** The file that the practice keeps of a session. Lawyers see those of their own sessions. */
export const PracticeFiles: CollectionConfig = {
  slug: 'practice-files',
  labels: { singular: 'File', plural: 'Files' },
  admin: { group: 'Practice', useAsTitle: 'number', defaultColumns: ['number', 'consultant', 'opponent', 'status'] },
  access: { create: staff, read: ofOwnConsultant, update: staff, delete: staff },
  fields: [
    textField('number', { required: true, unique: true, ...made }),
    relationField('session', 'scheduled-sessions', { required: true, unique: true, ...made }),
    relationField('consultant', 'consultant-profiles', { required: true, ...made }),
    textField('opponent', made),
    choiceField('status', { open: 'Open', closed: 'Closed' }, { required: true, defaultValue: 'open' }),
    paragraphField('notes'),
  ],
}
