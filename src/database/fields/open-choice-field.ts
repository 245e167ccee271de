import type { SelectField } from 'payload'
import type { Label } from '#shared/words'
import type { FieldOptions } from './field-options'
import { choiceField, optionsOf } from './text-fields'

type Entries = () => readonly (readonly [name: string, row: { label: Label }])[]

/** The rows of an open table as options of a select, as they are when this is called. */
export const openOptions = (entries: Entries) => optionsOf(Object.fromEntries(entries()))

/** One key out of an open table: its options are looked up when the configuration is put together, with what was added by then. */
export const openChoiceField = (
  name: string,
  entries: Entries,
  options: FieldOptions & { defaultValue?: string } = {},
): SelectField => ({
  ...choiceField(name, {}, options),
  get options() {
    return openOptions(entries)
  },
})
