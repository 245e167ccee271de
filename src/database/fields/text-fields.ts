import type { EmailField, FieldHook, JSONField, SelectField, TextareaField, TextField } from 'payload'
import { derived, secret } from '#access/field-access'
import { createReference } from '#shared/ids'
import { readCountry } from '#shared/country'
import { readPhoneNumber } from '#shared/phone-number'
import type { Label } from '#shared/words'
import { isHttpUrl, isLanguageTag, isSlug, toSlug } from '#shared/validation'
import { adminComponent } from './admin-component'
import { faultIn, requiredFault } from './field-fault'
import { baseOf, emptyIsNone, type FieldOptions, oneOf } from './field-options'

type TextOptions = FieldOptions & { maxLength?: number; defaultValue?: string | (() => string) }

/** Says what is wrong with a text that is there, or nothing. */
type TextCheck = (value: string, siblingData: Partial<Record<string, unknown>>) => Label | undefined

type Checked = { siblingData: Partial<Record<string, unknown>>; req?: { i18n?: { language: string } } }

/** In place of Payload's own check, so what that does is done here. */
const validateWith =
  ({ check, maxLength, required }: { check: TextCheck; maxLength: number; required: boolean | undefined }) =>
  (value: string | null | undefined, asked: Checked) => {
    if (!value) return required ? faultIn(asked, requiredFault) : true
    if (value.length > maxLength) {
      return faultIn(asked, {
        en: `Must be at most ${maxLength} characters long.`,
        de: `Darf höchstens ${maxLength} Zeichen lang sein.`,
      })
    }
    const fault = check(value, asked.siblingData)
    return fault === undefined || faultIn(asked, fault)
  }

/** One line of text, at most 200 characters unless told otherwise. */
export const textField = (name: string, options: TextOptions & { check?: TextCheck } = {}): TextField => {
  const { check, defaultValue, maxLength = 200, required } = options
  return {
    ...baseOf(options),
    name,
    type: 'text',
    hasMany: false,
    maxLength,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(check && { validate: validateWith({ check, maxLength, required }) }),
  }
}

/** Several short texts. */
export const textListField = (name: string, options: FieldOptions & { maxRows?: number } = {}): TextField => ({
  ...baseOf(options),
  name,
  type: 'text',
  hasMany: true,
  maxRows: options.maxRows ?? 50,
  maxLength: 1_000,
})

/** Text of several lines, at most 5,000 characters unless told otherwise. */
export const paragraphField = (name: string, options: TextOptions & { check?: TextCheck } = {}): TextareaField => {
  const { check, defaultValue, maxLength = 5_000, required } = options
  return {
    ...baseOf(options),
    name,
    type: 'textarea',
    maxLength,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(check && { validate: validateWith({ check, maxLength, required }) }),
  }
}

export const urlField = (name: string, options: TextOptions = {}): TextField =>
  textField(name, {
    ...options,
    check: (value) =>
      isHttpUrl(value)
        ? undefined
        : {
            en: 'Must be an address that begins with http:// or https://.',
            de: 'Muss eine Adresse sein, die mit http:// oder https:// beginnt.',
          },
  })

/** What is written in another way is stored in its standard form; what is not understood is left to the check. */
const storedAs =
  (read: (text: string) => string | undefined): FieldHook =>
  ({ value }: { value?: unknown }): unknown =>
    value === '' ? null : typeof value === 'string' ? (read(value) ?? value) : value

/** A telephone number: E.164 where it has a country code, with its extension. */
export const phoneField = (options: TextOptions & { name?: string } = {}): TextField => ({
  ...textField(options.name ?? 'phone', {
    ...options,
    check: (value) =>
      readPhoneNumber(value) === undefined
        ? {
            en: 'Must be a telephone number, such as +44 20 7946 0958 ext. 12.',
            de: 'Muss eine Telefonnummer sein, etwa +49 30 901820.',
          }
        : undefined,
  }),
  hooks: { beforeValidate: [storedAs(readPhoneNumber)] },
})

/** A country, stored as its code of two letters (ISO 3166-1). */
export const countryField = (options: FieldOptions & { name?: string } = {}): TextField => ({
  ...textField(options.name ?? 'country', {
    components: {
      Field: adminComponent('country-field'),
    },
    ...options,
    maxLength: 100,
    check: (value) =>
      readCountry(value) === value
        ? undefined
        : { en: 'Must be a country, such as GB or Germany.', de: 'Muss ein Land sein, etwa DE oder Deutschland.' },
  }),
  hooks: { beforeValidate: [storedAs(readCountry)] },
})

export const languageField = (options: TextOptions & { name?: string } = {}): TextField => ({
  ...textField(options.name ?? 'language', {
    ...options,
    check: (value) =>
      isLanguageTag(value)
        ? undefined
        : { en: 'Must be a language tag such as en or de-AT.', de: 'Muss ein Sprachkürzel sein, etwa en oder de-AT.' },
  }),
  hooks: { beforeValidate: [emptyIsNone] },
})

/** An e-mail address, kept in lower case so that it can be compared and unique. */
export const emailField = (name: string, options: FieldOptions = {}): EmailField => ({
  ...baseOf(options),
  name,
  type: 'email',
  hooks: {
    beforeValidate: [({ value }) => (typeof value === 'string' ? value.trim().toLowerCase() : value)],
  },
})

/** The name of a record in addresses; made from `from` when it is left out. */
export const slugField = (from: string, options: FieldOptions = {}): TextField => ({
  ...textField('slug', {
    description: {
      en: 'Stands in the address of the page. Left empty, it is made from the name.',
      de: 'Steht in der Adresse der Seite. Leer entsteht es aus dem Namen.',
    },
    ...options,
    required: true,
    unique: true,
    index: true,
    check: (value) =>
      isSlug(value)
        ? undefined
        : {
            en: 'Must be lower-case letters, digits and single hyphens.',
            de: 'Erlaubt sind Kleinbuchstaben, Ziffern und einzelne Bindestriche.',
          },
  }),
  hooks: {
    beforeValidate: [
      ({ value, data, originalDoc }) => {
        if (value) return value
        const name: unknown = data?.[from] ?? originalDoc?.[from]
        return typeof name === 'string' ? toSlug(name) : value
      },
    ],
    // Of the name of the copy, which is another one.
    beforeDuplicate: [() => null],
  },
})

/** A label, or a row that has one. */
type ChoiceRow = Label | { label: Label }

/** What there is to choose from, by key; an open table may have more rows when it is asked. */
type Choices = Readonly<Record<string, ChoiceRow>> | { entries: () => [string, ChoiceRow][] }

const isOpen = (table: Choices): table is { entries: () => [string, ChoiceRow][] } =>
  typeof table.entries === 'function'

const labelOfRow = (row: ChoiceRow): Label => (typeof row === 'object' && 'label' in row ? row.label : row)

/** Keys of a table as options of a select. */
export const optionsOf = (table: Choices) =>
  (isOpen(table) ? table.entries() : Object.entries(table)).map(([value, row]) => ({
    value,
    label: labelOfRow(row),
  }))

const isState = (name: string): boolean => name === 'status' || name === 'state'

/** One key out of a table. `guard` sees what is written before the access to the field is asked. */
export const choiceField = (
  name: string,
  table: Choices,
  options: FieldOptions & { defaultValue?: string; guard?: FieldHook } = {},
): SelectField => {
  const components = { ...(isState(name) ? { Cell: adminComponent('state-cell') } : {}), ...options.components }
  const base = baseOf({ ...options, components })
  return {
    ...base,
    name,
    type: 'select',
    // Read when the configuration is composed, not when this file is loaded.
    get options() {
      return optionsOf(table)
    },
    ...(options.filledByGuard
      ? { validate: (value: unknown, asked: Pick<Checked, 'req'>) => oneOf(optionsOf(table))(value, asked) }
      : {}),
    admin: { ...base.admin, isClearable: !options.required },
    ...(options.defaultValue === undefined ? {} : { defaultValue: options.defaultValue }),
    ...(options.guard === undefined ? {} : { hooks: { beforeValidate: [options.guard] } }),
  }
}

/** Several keys out of a table. */
export const choicesField = (
  name: string,
  table: Readonly<Record<string, ChoiceRow>>,
  options: FieldOptions = {},
): SelectField => ({ ...baseOf(options), name, type: 'select', hasMany: true, options: optionsOf(table) })

/**
 * Something without fields of its own. At most 50,000 characters. Shown as names and values; Payload's own editor would be
 * loaded from somebody else's server, which our pages refuse.
 */
export const jsonField = (name: string, options: FieldOptions = {}): JSONField => ({
  ...baseOf({
    components: { Field: adminComponent('json-field'), Cell: adminComponent('json-cell') },
    ...options,
  }),
  name,
  type: 'json',
  validate: (value: unknown, asked) => {
    if (value === null || value === undefined) return options.required ? faultIn(asked, requiredFault) : true
    return JSON.stringify(value).length <= 50_000 || faultIn(asked, { en: 'Is too long.', de: 'Ist zu lang.' })
  },
})

/** A token or its hash: never shown, never set from outside, not even to our own reads unless they ask for hidden fields. */
export const secretField = (name: string, options: Pick<FieldOptions, 'index' | 'unique'> = {}): TextField => ({
  ...baseOf(options),
  name,
  type: 'text',
  hidden: true,
  access: secret,
  admin: { hidden: true, disableBulkEdit: true, disableListColumn: true, disableListFilter: true },
})

/** The short public name of a record; made by the system. */
export const referenceField = (prefix: Parameters<typeof createReference>[0]): TextField =>
  textField('reference', {
    required: true,
    unique: true,
    index: true,
    access: derived,
    readOnly: true,
    maxLength: 32,
    description: { en: 'Made by the system.', de: 'Vergibt das System.' },
    defaultValue: () => createReference(prefix),
  })
