import type { Condition, FieldAccess } from 'payload'
import { inLanguage, type Label } from '#shared/words'
import { faultIn } from './field-fault'
import type { AdminComponent } from './admin-component'

/** What stands in the admin in place of Payload's own form field or list cell. */
export type FieldComponents = { Field?: AdminComponent; Cell?: AdminComponent }

/** What the field builders of this folder have in common. */
export type FieldOptions = {
  label?: Label
  /** Shown under the field in the admin. */
  description?: Label
  required?: boolean
  /** With `required`: a guard of the collection fills it in before it is stored, so an empty form is no fault. */
  filledByGuard?: boolean
  index?: boolean
  unique?: boolean
  access?: { create?: FieldAccess; read?: FieldAccess; update?: FieldAccess }
  /** Shown in the admin, not editable there. For everybody everywhere, add an access rule. */
  readOnly?: boolean
  /** Only shown in the admin when this holds. */
  condition?: Condition
  components?: FieldComponents
}

/** The options as Payload spells them, without keys that were not given. */
export const baseOf = (options: FieldOptions) => {
  const { label, description, required, filledByGuard, index, unique, access, readOnly, condition, components } =
    options
  return {
    ...(label === undefined ? {} : { label }),
    ...(required === undefined ? {} : { required }),
    ...(index === undefined ? {} : { index }),
    ...(unique === undefined ? {} : { unique }),
    ...(access === undefined ? {} : { access }),
    ...(filledByGuard ? { custom: { filledByGuard } } : {}),
    admin: {
      ...(description === undefined ? {} : { description }),
      ...(readOnly === undefined ? {} : { readOnly }),
      ...(condition === undefined ? {} : { condition }),
      ...(components === undefined ? {} : { components }),
    },
  }
}

/** What a form sends for a field that was left empty is nothing, not a text without letters. */
export const emptyIsNone = ({ value }: { value?: unknown }): unknown => (value === '' ? null : value)

/** The check of a select that a guard fills in: nothing at all is no fault, as it is there by the time it is stored. */
export const oneOf =
  (options: readonly { value: string; label: Label }[]) =>
  (value: unknown, asked: Parameters<typeof faultIn>[0] = {}): true | string =>
    value === undefined ||
    value === null ||
    value === '' ||
    options.some((option) => option.value === value) ||
    faultIn(asked, {
      en: `Must be one of ${options.map(({ label }) => inLanguage(label, 'en')).join(', ')}.`,
      de: `Möglich sind: ${options.map(({ label }) => inLanguage(label, 'de')).join(', ')}.`,
    })
