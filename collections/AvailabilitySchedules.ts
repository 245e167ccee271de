import type { CollectionConfig, Condition, Field } from 'payload'
import { fixedForOwners } from '#access/field-access'
import { createForOwnConsultant, ofOwnConsultant } from '#access/record-access'
import { minutesField } from '#database/fields/number-fields'
import { panelField } from '#database/fields/panel-field'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, textField } from '#database/fields/text-fields'
import { calendarDateField, wallTimeField, weekFields } from '#database/fields/time-fields'
import {
  bumpConsultantRules,
  bumpConsultantRulesAfterDelete,
} from '#hooks/availability-schedules/bump-consultant-rules'
import { validateSchedule } from '#hooks/availability-schedules/validate-schedule'
import { findRecurrenceFault } from '#availability/rules/compute-recurrence-days'
import { lockBeforeUpdate } from '#hooks/shared/lock-row'
import { sessionsTouchedBySchedules } from '#hooks/shared/tell-touched-sessions'

export const scheduleTypes = { weekly: 'Weekly', monthly: 'Monthly', custom: 'Custom' } as const

/** A field that is heeded in schedules of one type is shown there alone. */
const ofType =
  (type: keyof typeof scheduleTypes): Condition =>
  (data) =>
    data.type === type

/** `dbName` keeps the names of tables and their indexes within PostgreSQL's 63 characters. */
const windows = (dbName?: string): Field => ({
  name: 'slots',
  type: 'array',
  ...(dbName === undefined ? {} : { dbName }),
  maxRows: 48,
  fields: [
    {
      type: 'row',
      fields: [
        wallTimeField('startTime', { required: true }),
        wallTimeField('endTime', { required: true }),
        minutesField('slotDurationMinutes', {
          min: 5,
          max: 480,
          description: "Distance between starts. Left empty: the session's length.",
        }),
        {
          name: 'isAvailable',
          type: 'checkbox',
          defaultValue: true,
          admin: { description: 'Switched off: closed at this time, also where another one opens it.' },
        },
      ],
    },
  ],
})

/** Rules of when a consultant can be booked, on the clock of the consultant's time zone. */
export const AvailabilitySchedules: CollectionConfig = {
  slug: 'availability-schedules',
  labels: { singular: 'Availability schedule', plural: 'Availability schedules' },
  admin: {
    group: 'Availability',
    useAsTitle: 'name',
    defaultColumns: ['name', 'consultant', 'type', 'isActive', 'appliedFrom', 'appliedTo'],
    listSearchableFields: ['name'],
    description:
      "A schedule decides only about the days that it speaks of: exceptions go before patterns, patterns before the profile's working hours.",
  },
  access: {
    create: createForOwnConsultant,
    read: ofOwnConsultant,
    update: ofOwnConsultant,
    delete: ofOwnConsultant,
  },
  hooks: {
    beforeOperation: [lockBeforeUpdate('availability_schedules')],
    beforeValidate: [validateSchedule],
    beforeChange: [sessionsTouchedBySchedules.beforeChange],
    afterChange: [bumpConsultantRules, sessionsTouchedBySchedules.afterChange],
    beforeDelete: [sessionsTouchedBySchedules.beforeDelete],
    afterDelete: [bumpConsultantRulesAfterDelete, sessionsTouchedBySchedules.afterDelete],
    afterOperation: [sessionsTouchedBySchedules.afterOperation],
  },
  indexes: [{ fields: ['consultant', 'isActive'] }],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true, access: fixedForOwners }),
    textField('name', { defaultValue: 'Schedule' }),
    choiceField('type', scheduleTypes, {
      required: true,
      defaultValue: 'weekly',
      description:
        'Weekly: every day of the week, closed where it is not ticked. Monthly: the days that rules choose, and no others. Custom: single dates, and no others.',
    }),
    {
      name: 'weeklyPattern',
      type: 'group',
      admin: {
        condition: ofType('weekly'),
        description:
          'As soon as one weekday is ticked, those that are not are closed. While none is, the usual hours stay, and only the exceptions count.',
      },
      fields: weekFields((day) => [
        { name: 'enabled', type: 'checkbox', defaultValue: false },
        windows(`availability_schedules_${day}`),
      ]),
    },
    {
      name: 'recurrences',
      type: 'array',
      maxRows: 20,
      admin: {
        condition: ofType('monthly'),
        description:
          'Days by rule, for example the first Monday of each month. A day that no rule chooses keeps its usual hours; a rule without times closes its days.',
      },
      fields: [
        textField('rrule', {
          required: true,
          maxLength: 500,
          description: 'iCalendar RRULE, for example FREQ=MONTHLY;BYDAY=1MO.',
          check: findRecurrenceFault,
        }),
        windows(),
      ],
    },
    {
      name: 'dateExceptions',
      type: 'array',
      maxRows: 1_000,
      admin: {
        description:
          'Single dates. They go before the patterns of all schedules; what one exception closes no other opens.',
      },
      fields: [
        calendarDateField('date', { required: true }),
        {
          name: 'isAvailable',
          type: 'checkbox',
          defaultValue: false,
          admin: {
            description:
              'Switched on: open at exactly the times below, instead of the usual hours. Switched off: closed at the times below, without any the whole day.',
          },
        },
        windows(),
      ],
    },
    { name: 'isActive', type: 'checkbox', defaultValue: true },
    calendarDateField('appliedFrom', {
      description:
        'First day on which it counts. Of several patterns that speak of a day the one with the latest first day decides, of two such the newer one.',
    }),
    calendarDateField('appliedTo', { description: 'Last day on which it counts.' }),
    panelField('schedule-preview'),
  ],
}
