import type { ActorRole } from '#shared/actor'
import type { AttributeDefinition, AttributeValues } from './attribute-definition'
import { isAttributeValue } from './is-attribute-value'

/** Who looks at a record: staff, or the sides that somebody is on. Without a side: the public. */
export type AttributeViewer = 'staff' | readonly ('customer' | 'consultant')[]

/** As whom a command's actor looks at the record that it is about. */
export const viewerOfRole = (role: ActorRole): AttributeViewer =>
  role === 'customer' || role === 'consultant' ? [role] : 'staff'

/** Whether somebody reads an attribute of a record that they see. */
export const isReadable = ({ readableBy }: Pick<AttributeDefinition, 'readableBy'>, viewer: AttributeViewer): boolean =>
  viewer === 'staff' ||
  readableBy.includes('public') ||
  viewer.some((side) => readableBy.some((reader) => reader === side))

/** Whether somebody sets an attribute of a record that they may change. */
export const isWritable = ({ writableBy }: Pick<AttributeDefinition, 'writableBy'>, viewer: AttributeViewer): boolean =>
  viewer === 'staff' || viewer.some((side) => writableBy.some((writer) => writer === side))

/**
 * Whether somebody filters and sorts by an attribute: only where they read it of every record that a list could hold. Who is a customer and
 * a consultant lists sessions of both kinds, and would learn of the one what they read of the other alone.
 * @param sides all sides that they are on anywhere, and `stranger` where a list holds records of others.
 */
export const isFilterable = (
  { readableBy }: Pick<AttributeDefinition, 'readableBy'>,
  sides: 'staff' | readonly ('customer' | 'consultant' | 'stranger')[],
): boolean =>
  sides === 'staff' ||
  readableBy.includes('public') ||
  (sides.length > 0 && sides.every((side) => readableBy.some((reader) => reader === side)))

/** What somebody sees of a record's attributes, in the order in which operations show them. */
export const pickReadable = (
  stored: unknown,
  definitions: readonly AttributeDefinition[],
  viewer: AttributeViewer,
): AttributeValues => {
  if (typeof stored !== 'object' || stored === null) return {}
  return Object.fromEntries(
    definitions.flatMap((definition) => {
      if (!Object.hasOwn(stored, definition.key) || !isReadable(definition, viewer)) return []
      const value: unknown = Reflect.get(stored, definition.key)
      return isAttributeValue(value) ? [[definition.key, value]] : []
    }),
  )
}
