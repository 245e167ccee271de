import type { DateField, GroupField, TextField } from 'payload'
import { instant, isTimeZone, readTimeZone } from '#shared/input'
import { isWallTime } from '#shared/validation'
import { adminComponent } from './admin-component'
import { faultIn, requiredFault } from './field-fault'
import { baseOf, emptyIsNone, type FieldOptions } from './field-options'

/**
 * As dates are typed in Europe and as machines write them; the first is how they are shown. What fits none is no date: a browser left alone reads the
 * month first. Months go by their names in the language of whoever types.
 */
const dateFormats = [
  ...['d MMM yyyy', 'd MMMM yyyy', 'yyyy-MM-dd', 'd/M/yyyy', 'd.M.yyyy', 'd-M-yyyy'],
  // Of this century. One without a year would be taken for this year's while the year is still being typed.
  ...['d/M/yy', 'd.M.yy', 'd-M-yy'],
]
const datesWithTime = [...dateFormats.flatMap((date) => [`${date}, HH:mm`, `${date} HH:mm`]), ...dateFormats]

/** Weeks begin on Monday. */
const firstDayOfWeek = 1

/** A point in time, stored in UTC. */
export const instantField = (name: string, options: FieldOptions = {}): DateField => {
  const base = baseOf({ components: { Cell: adminComponent('instant-cell') }, ...options })
  return {
    ...base,
    name,
    type: 'date',
    validate: (value: unknown, asked) => {
      if (value === undefined || value === null || value === '') {
        return options.required && !options.filledByGuard ? faultIn(asked, requiredFault) : true
      }
      // The Local API may be given a Date.
      const parsed = instant.safeParse(value instanceof Date ? value.toISOString() : value)
      if (parsed.success) return true
      const en = `${parsed.error.issues[0]?.message ?? 'Must be a point in time'}.`.replace(/^must/, 'Must')
      return faultIn(asked, { en, de: 'Muss ein Zeitpunkt sein, etwa 2030-01-31T09:30:00Z.' })
    },
    admin: {
      ...base.admin,
      components: {
        ...base.admin.components,
        ...(options.readOnly ? {} : { afterInput: [adminComponent('viewer-zone-note')] }),
      },
      date: {
        pickerAppearance: 'dayAndTime',
        displayFormat: 'd MMM yyyy, HH:mm',
        timeFormat: 'HH:mm',
        timeIntervals: 15,
        overrides: { dateFormat: datesWithTime, calendarStartDay: firstDayOfWeek },
      },
    },
  }
}

/** A calendar date; what is meant is the UTC date of the stored instant. */
export const calendarDateField = (name: string, options: FieldOptions = {}): DateField => {
  const base = baseOf({ components: { Cell: adminComponent('calendar-date-cell') }, ...options })
  return {
    ...base,
    name,
    type: 'date',
    admin: {
      ...base.admin,
      date: {
        pickerAppearance: 'dayOnly',
        displayFormat: 'd MMM yyyy',
        overrides: { dateFormat: dateFormats, calendarStartDay: firstDayOfWeek },
      },
    },
  }
}

/** `HH:MM` on the clock of the consultant's zone, 00:00 to 24:00. */
export const wallTimeField = (name: string, options: FieldOptions & { defaultValue?: string } = {}): TextField => {
  const base = baseOf(options)
  return {
    ...base,
    name,
    type: 'text',
    ...(options.defaultValue === undefined ? {} : { defaultValue: options.defaultValue }),
    admin: { ...base.admin, placeholder: 'HH:MM' },
    validate: (value: string | null | undefined, asked) => {
      if (!value) return options.required ? faultIn(asked, requiredFault) : true
      return (
        isWallTime(value) ||
        faultIn(asked, {
          en: 'Must be a time between 00:00 and 24:00, such as 09:30.',
          de: 'Muss eine Uhrzeit zwischen 00:00 und 24:00 sein, etwa 09:30.',
        })
      )
    },
  }
}

/** An IANA time zone. */
export const timeZoneField = (options: FieldOptions & { defaultValue?: string; name?: string } = {}): TextField => {
  const base = baseOf(options)
  return {
    ...base,
    name: options.name ?? 'timeZone',
    type: 'text',
    ...(options.defaultValue === undefined ? {} : { defaultValue: options.defaultValue }),
    admin: { ...base.admin, placeholder: 'Europe/London' },
    hooks: {
      beforeValidate: [
        emptyIsNone,
        ({ value }: { value?: unknown }): unknown =>
          typeof value === 'string' ? (readTimeZone(value) ?? value) : value,
      ],
    },
    validate: (value: string | null | undefined, asked) => {
      if (!value) return options.required && !options.filledByGuard ? faultIn(asked, requiredFault) : true
      return (
        isTimeZone(value) ||
        faultIn(asked, {
          en: 'Must be an IANA time zone name such as Europe/Berlin.',
          de: 'Muss eine IANA-Zeitzone sein, etwa Europe/Berlin.',
        })
      )
    },
  }
}

/** In this order: it is the order of the week in every form. */
export const weekdayOptions = [
  { value: 'monday', label: { en: 'Monday', de: 'Montag' } },
  { value: 'tuesday', label: { en: 'Tuesday', de: 'Dienstag' } },
  { value: 'wednesday', label: { en: 'Wednesday', de: 'Mittwoch' } },
  { value: 'thursday', label: { en: 'Thursday', de: 'Donnerstag' } },
  { value: 'friday', label: { en: 'Friday', de: 'Freitag' } },
  { value: 'saturday', label: { en: 'Saturday', de: 'Samstag' } },
  { value: 'sunday', label: { en: 'Sunday', de: 'Sonntag' } },
] as const

/** One group for each day of the week, with the same fields in each. */
export const weekFields = (
  fieldsOf: (day: (typeof weekdayOptions)[number]['value']) => GroupField['fields'],
): GroupField[] =>
  weekdayOptions.map(({ value, label }) => ({ name: value, label, type: 'group', fields: fieldsOf(value) }))
