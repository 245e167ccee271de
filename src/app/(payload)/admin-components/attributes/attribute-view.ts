import type { AttributeDefinition } from '#attributes/attribute-definition'

/** A custom attribute as the admin shows it to whoever asks. */
export type AttributeView = Pick<
  AttributeDefinition,
  'help' | 'key' | 'label' | 'max' | 'min' | 'options' | 'required' | 'serviceTypes' | 'type'
> & {
  /** Whether they may set it in the record at hand. */
  isWritable: boolean
  /** Whether they may filter the list at hand by it. */
  isFilterable: boolean
}

/** What a record holds of its attributes, by key. */
export const attributesOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

export const isAnswered = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
