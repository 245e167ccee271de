import type {
  CheckboxField,
  DateField,
  EmailField,
  Field,
  FieldAccess,
  JSONField,
  NumberField,
  RadioField,
  RelationshipField,
  SelectField,
  TextareaField,
  TextField,
} from 'payload'
import { staffField } from '#access/field-access'
import { readByAll } from './optional-inputs'

/** A field that the booking API can take and answer: each has a shape in the OpenAPI document. */
export type BookableField =
  | CheckboxField
  | DateField
  | EmailField
  | JSONField
  | NumberField
  | RadioField
  | RelationshipField
  | SelectField
  | TextareaField
  | TextField

/** Whether `POST /api/booking/sessions` takes the field, or demands it, and whether answers show it. */
export type BookingUse = { input: boolean | 'required'; output: boolean }

const bookableTypes: ReadonlySet<string> = new Set<BookableField['type']>([
  ...(['text', 'textarea', 'number', 'checkbox', 'select', 'radio', 'date', 'email', 'json', 'relationship'] as const),
])

export const isBookable = (field: Field): field is BookableField => bookableTypes.has(field.type)

const everybody: FieldAccess = () => true

/**
 * A field of an installation that stands in the booking API, under its own name: on `scheduled-sessions` settable when a session is booked
 * (`input`; `'required'` demands it there, and only there) and shown with the session (`output`), on `service-types` shown with what can be booked.
 * Unless the field says otherwise, whoever books may set it, whoever sees the record reads it, and staff alone change it.
 */
export const bookingField = <F extends BookableField>(
  field: F,
  { input = true, output = true }: Partial<BookingUse> = {},
): F => ({
  ...field,
  custom: { ...field.custom, booking: { input, output } },
  access: {
    create: input ? everybody : staffField,
    read: output ? readByAll : staffField,
    update: staffField,
    ...field.access,
  },
})

/** How a field is used by the booking API; undefined when it is no matter of it. */
export const bookingUseOf = (field: Field): BookingUse | undefined => {
  const use: unknown = 'custom' in field ? field.custom?.booking : undefined
  if (typeof use !== 'object' || use === null) return undefined
  const { input, output } = use as Partial<Record<keyof BookingUse, unknown>>
  return { input: input === 'required' ? input : input === true, output: output === true }
}

let composed: ReadonlyMap<string, readonly BookableField[]> = new Map()

/** The composition says once, before anything is served, which fields of a collection the booking API knows. */
export const setBookingFields = (fields: ReadonlyMap<string, readonly BookableField[]>): void => {
  composed = fields
}

/** The fields of a collection that an installation has added and that the booking API takes (`input`) or answers (`output`). */
export const bookingFieldsOf = (
  slug: 'scheduled-sessions' | 'service-types',
  use: keyof BookingUse,
): readonly BookableField[] => (composed.get(slug) ?? []).filter((field) => bookingUseOf(field)?.[use])
