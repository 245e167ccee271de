import { type CollectionBeforeValidateHook, ValidationError } from 'payload'
import { decideDefinitionFaults } from '#attributes/decide-definition-faults'
import { isAttributeSubject, maxActiveAttributes } from '#attributes/attribute-kinds'
import { countActiveAttributes, countAttributeValues, countChosenOptions } from '#attributes/attribute-queries'
import { DomainError, type FieldError } from '#shared/errors'
import type { CustomAttribute } from '#payload-types'

const optionsOf = ({ options }: Pick<CustomAttribute, 'options'>): string[] => (options ?? []).map(({ value }) => value)

/** What a definition that has values may still change. @throws DomainError `conflict` saying how many records keep it from changing. */
const refuseChangeOfUsed = async (
  req: Parameters<CollectionBeforeValidateHook>[0]['req'],
  before: CustomAttribute,
  after: CustomAttribute,
): Promise<void> => {
  if (before.type !== after.type) {
    const count = await countAttributeValues(req, before)
    if (count > 0) {
      throw conflict(
        'type',
        `The type cannot be changed any more: ${count} records have a value. Define another attribute.`,
      )
    }
    return
  }
  const removed = optionsOf(before).filter((option) => !optionsOf(after).includes(option))
  if (!removed.length) return
  const count = await countChosenOptions(req, { ...before, options: removed })
  if (count > 0) {
    throw conflict('options', `${removed.join(', ')} cannot be taken away: chosen in ${count} records.`)
  }
}

/** Written while the definition of that key was being deleted: under a new one they would be read by others, perhaps as another type. */
const refuseKeyOfOldValues = async (
  req: Parameters<CollectionBeforeValidateHook>[0]['req'],
  definition: CustomAttribute,
): Promise<void> => {
  const count = await countAttributeValues(req, definition)
  if (count > 0) {
    throw conflict(
      'key',
      `${count} records have values of an attribute of this key that was deleted. Choose another key.`,
    )
  }
}

const isSubject = ({ subject }: CustomAttribute): boolean => typeof subject === 'string' && isAttributeSubject(subject)

const conflict = (path: string, message: string): DomainError =>
  new DomainError('conflict', message, { errors: [{ path, message }] })

/**
 * Holds a definition together: what belongs to its type, who can read and set it where it belongs, and what values there are already. A
 * narrower range, or a required value, holds for what is entered from then on; what is stored is kept.
 * @throws ValidationError; DomainError `conflict` where values stand against it.
 */
export const guardDefinition: CollectionBeforeValidateHook<CustomAttribute> = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const before = operation === 'update' ? originalDoc : undefined
  // What is required and missing, the fields say themselves.
  const after = { ...before, ...data } as CustomAttribute
  const errors: FieldError[] = decideDefinitionFaults(after, before)
  const isSwitchedOn = isSubject(after) && after.isActive !== false && before?.isActive !== true
  if (!errors.length && isSwitchedOn) {
    const others = await countActiveAttributes(req, { subject: after.subject, except: before?.id })
    if (others >= maxActiveAttributes) {
      errors.push({
        path: 'isActive',
        message: `At most ${maxActiveAttributes} can be in use. Switch another one off.`,
      })
    }
  }
  if (errors.length) throw new ValidationError({ collection: 'custom-attributes', errors, req }, req.t)
  if (before) await refuseChangeOfUsed(req, before, after)
  else if (isSubject(after)) await refuseKeyOfOldValues(req, after)
  return data
}
