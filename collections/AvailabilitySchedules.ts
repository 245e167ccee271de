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

export const scheduleTypes = {
  weekly: { en: 'Weekly', de: 'Wöchentlich' },
  monthly: { en: 'Monthly', de: 'Monatlich' },
  custom: { en: 'Custom', de: 'Einzelne Tage' },
} as const

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
          description: {
            en: "Distance between starts. Left empty: the session's length.",
            de: 'Abstand zwischen den Anfängen. Leer: die Länge des Termins.',
          },
        }),
        {
          name: 'isAvailable',
          type: 'checkbox',
          defaultValue: true,
          admin: {
            description: {
              en: 'Switched off: closed at this time, also where another one opens it.',
              de: 'Ausgeschaltet: zu dieser Zeit geschlossen, auch wenn eine andere Angabe sie öffnet.',
            },
          },
        },
      ],
    },
  ],
})

/** Rules of when a consultant can be booked, on the clock of the consultant's time zone. */
export const AvailabilitySchedules: CollectionConfig = {
  slug: 'availability-schedules',
  labels: {
    singular: { en: 'Availability schedule', de: 'Verfügbarkeitsplan' },
    plural: { en: 'Availability schedules', de: 'Verfügbarkeitspläne' },
  },
  admin: {
    group: { en: 'Availability', de: 'Verfügbarkeit' },
    useAsTitle: 'name',
    defaultColumns: ['name', 'consultant', 'type', 'isActive', 'appliedFrom', 'appliedTo'],
    listSearchableFields: ['name'],
    description: {
      en: "A schedule decides only about the days that it speaks of: exceptions go before patterns, patterns before the profile's working hours.",
      de: 'Ein Plan entscheidet nur über die Tage, von denen er spricht: Ausnahmen gehen vor Muster, Muster vor die Arbeitszeiten des Profils.',
    },
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
  // Whose times change when one is written or deleted depends on it, whatever of it was asked for.
  forceSelect: { consultant: true },
  indexes: [{ fields: ['consultant', 'isActive'] }],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true, access: fixedForOwners }),
    textField('name', { defaultValue: 'Schedule' }),
    choiceField('type', scheduleTypes, {
      required: true,
      defaultValue: 'weekly',
      description: {
        en: 'Weekly: every day of the week, closed where it is not ticked. Monthly: the days that rules choose, and no others. Custom: single dates, and no others.',
        de: 'Wöchentlich: alle Wochentage, geschlossen, wo kein Häkchen steht. Monatlich: nur die Tage, die Regeln wählen. Einzeln: nur einzelne Tage.',
      },
    }),
    {
      name: 'weeklyPattern',
      type: 'group',
      admin: {
        condition: ofType('weekly'),
        description: {
          en: 'As soon as one weekday is ticked, those that are not are closed. While none is, the usual hours stay, and only the exceptions count.',
          de: 'Sobald ein Wochentag angehakt ist, sind die anderen geschlossen. Ist keiner angehakt, bleiben die üblichen Zeiten, und nur die Ausnahmen zählen.',
        },
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
        description: {
          en: 'Days by rule, for example the first Monday of each month. A day that no rule chooses keeps its usual hours; a rule without times closes its days.',
          de: 'Tage nach einer Regel, zum Beispiel der erste Montag im Monat. Ein Tag, den keine Regel wählt, behält seine üblichen Zeiten; eine Regel ohne Zeiten schließt ihre Tage.',
        },
      },
      fields: [
        textField('rrule', {
          required: true,
          maxLength: 500,
          description: {
            en: 'iCalendar RRULE, for example FREQ=MONTHLY;BYDAY=1MO.',
            de: 'RRULE nach iCalendar, zum Beispiel FREQ=MONTHLY;BYDAY=1MO.',
          },
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
        description: {
          en: 'Single dates. They go before the patterns of all schedules; what one exception closes no other opens.',
          de: 'Einzelne Tage. Sie gehen vor die Muster aller Pläne; was eine Ausnahme schließt, öffnet keine andere.',
        },
      },
      fields: [
        calendarDateField('date', { required: true }),
        {
          name: 'isAvailable',
          type: 'checkbox',
          defaultValue: false,
          admin: {
            description: {
              en: 'Switched on: open at exactly the times below, instead of the usual hours. Switched off: closed at the times below, without any the whole day.',
              de: 'Eingeschaltet: statt der üblichen Zeiten genau zu den Zeiten unten geöffnet. Ausgeschaltet: zu den Zeiten unten geschlossen, ohne Zeiten den ganzen Tag.',
            },
          },
        },
        windows(),
      ],
    },
    { name: 'isActive', type: 'checkbox', defaultValue: true },
    calendarDateField('appliedFrom', {
      description: {
        en: 'First day on which it counts. Of several patterns that speak of a day the one with the latest first day decides, of two such the newer one.',
        de: 'Erster Tag, an dem er gilt. Sprechen mehrere Muster von einem Tag, entscheidet das mit dem spätesten ersten Tag, bei Gleichstand das neuere.',
      },
    }),
    calendarDateField('appliedTo', {
      description: { en: 'Last day on which it counts.', de: 'Letzter Tag, an dem er gilt.' },
    }),
    panelField('schedule-preview'),
  ],
}
