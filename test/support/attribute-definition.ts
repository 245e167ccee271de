import type { AttributeDefinition } from '#attributes/attribute-definition'

/** A definition of one line that staff alone read and set, unless told otherwise. */
export const definitionOf = (more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  ...{ subject: 'scheduled-sessions', key: 'key', label: 'Key', help: null, type: 'text' },
  ...{ options: [], required: false, min: null, max: null, readableBy: [], writableBy: [] },
  ...{ serviceTypes: [], isInMessages: false },
  ...more,
})
