import type { ArrayField, FieldAccess } from 'payload'
import { derived } from '#access/field-access'
import { actorRoles } from '#shared/actor'
import { adminComponent } from './admin-component'
import { choiceField, textField } from './text-fields'
import { instantField } from './time-fields'

/** Who brought a record from one state into the next, when and why. Written by the gate alone. */
export const historyField = (read: FieldAccess): ArrayField => ({
  name: 'statusHistory',
  type: 'array',
  access: { read, ...derived },
  admin: { readOnly: true, components: { Field: adminComponent('status-history') } },
  fields: [
    textField('from', { maxLength: 40 }),
    textField('to', { maxLength: 40, required: true }),
    instantField('at', { required: true }),
    textField('by', {
      description: {
        en: 'Id of the user, or of the customer for a guest.',
        de: 'ID des Benutzers, bei Gästen die des Kundeneintrags.',
      },
    }),
    choiceField('actorRole', actorRoles),
    textField('reason', { maxLength: 2_000 }),
  ],
})
