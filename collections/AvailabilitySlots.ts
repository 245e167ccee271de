import type { CollectionConfig } from 'payload'
import { guardSlot } from '#hooks/availability-slots/guard-slot'
import { guardSlotDelete } from '#hooks/availability-slots/guard-slot-delete'
import { lockSlotBeforeWrite } from '#hooks/availability-slots/lock-slot-before-write'
import { publishAfterUnblock, publishAroundBlock } from '#hooks/availability-slots/publish-around-block'
import { sessionsTouchedByBlocks } from '#hooks/shared/tell-touched-sessions'
import { derived, fixedForOwners, hostField, hostFieldInForms } from '#access/field-access'
import { createForOwnConsultant, ofOwnConsultant, publishedOrOwnSlots } from '#access/record-access'
import { slotStates } from '#availability/slot-states'
import { amountField, currencyField } from '#database/fields/money-fields'
import { minutesField } from '#database/fields/number-fields'
import { panelField } from '#database/fields/panel-field'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, paragraphField, secretField, textField, textListField } from '#database/fields/text-fields'
import { instantField, timeZoneField } from '#database/fields/time-fields'

/** What only blocks have. */
const isBlock = ({ status }: { status?: unknown }): boolean => status === undefined || status === 'blocked'

const derivedForHost = { read: hostField, ...derived }

/**
 * Intervals of a consultant's time. Published ones (`available`) are a read model, refreshed from the rules; the others are
 * claims, or what is left of them. PostgreSQL refuses overlapping claims.
 */
export const AvailabilitySlots: CollectionConfig = {
  slug: 'availability-slots',
  disableDuplicate: true,
  labels: {
    singular: { en: 'Availability slot', de: 'Zeitfenster' },
    plural: { en: 'Availability slots', de: 'Zeitfenster' },
  },
  admin: {
    group: { en: 'Availability', de: 'Verfügbarkeit' },
    useAsTitle: 'startsAt',
    defaultColumns: ['startsAt', 'endsAt', 'consultant', 'status', 'serviceType', 'scheduledSession'],
    listSearchableFields: ['description', 'blockReason'],
    description: {
      en: 'Published free time and claims on time. To block time by hand, create one with the status "Blocked".',
      de: 'Veröffentlichte freie Zeiten und vergebene Zeit. Um Zeit von Hand zu sperren, legen Sie einen Eintrag mit dem Status „Gesperrt“ an.',
    },
  },
  defaultSort: 'startsAt',
  access: {
    create: createForOwnConsultant,
    read: publishedOrOwnSlots,
    update: ofOwnConsultant,
    delete: ofOwnConsultant,
  },
  hooks: {
    beforeOperation: [lockSlotBeforeWrite],
    beforeChange: [guardSlot, sessionsTouchedByBlocks.beforeChange],
    afterChange: [publishAroundBlock, sessionsTouchedByBlocks.afterChange],
    beforeDelete: [guardSlotDelete],
    afterDelete: [publishAfterUnblock],
    afterOperation: [sessionsTouchedByBlocks.afterOperation],
  },
  // What follows when one is written or deleted depends on these, whatever of it was asked for.
  forceSelect: { consultant: true, status: true, isRecurring: true },
  indexes: [
    { fields: ['consultant', 'startsAt', 'status'] },
    { fields: ['status', 'startsAt', 'endsAt'] },
    { fields: ['customer', 'status'] },
  ],
  fields: [
    panelField('block-preview', isBlock),
    relationField('consultant', 'consultant-profiles', { required: true, access: fixedForOwners }),
    relationField('schedule', 'availability-schedules', {
      access: derivedForHost,
      clearedWithTarget: true,
      readOnly: true,
    }),
    relationField('serviceType', 'service-types', {
      description: { en: 'What can be booked at this time.', de: 'Was zu dieser Zeit gebucht werden kann.' },
    }),
    instantField('startsAt', { required: true, index: true }),
    instantField('endsAt', { required: true }),
    instantField('occupiedFrom', {
      access: derivedForHost,
      readOnly: true,
      description: { en: 'With the buffer before.', de: 'Mit dem Puffer davor.' },
    }),
    instantField('occupiedUntil', {
      access: derivedForHost,
      readOnly: true,
      description: { en: 'With the buffer after.', de: 'Mit dem Puffer danach.' },
    }),
    minutesField('durationMinutes', { access: derived, readOnly: true, max: 60 * 24 * 366 }),
    timeZoneField({
      access: derived,
      readOnly: true,
      description: { en: "The consultant's.", de: 'Die der Fachperson.' },
    }),
    amountField('price', { access: derived, readOnly: true }),
    currencyField({ access: derived, readOnly: true }),
    choiceField('status', slotStates, { required: true, defaultValue: 'blocked' }),
    relationField('scheduledSession', 'scheduled-sessions', { access: derivedForHost, readOnly: true }),
    relationField('customer', 'customers', { access: derivedForHost, readOnly: true }),
    instantField('bookedAt', { access: derivedForHost, readOnly: true }),
    instantField('holdExpiresAt', { access: derivedForHost, readOnly: true }),
    secretField('holdTokenHash'),
    // Whose it is while nobody has paid for it or said yes to it: bounds count by these digests.
    secretField('claimedBy'),
    secretField('claimedInbox'),
    paragraphField('description', {
      access: { read: hostFieldInForms },
      description: {
        en: 'A note of a block. Customers never see it.',
        de: 'Eine Notiz zur Sperre. Kundinnen und Kunden sehen sie nie.',
      },
    }),
    textListField('tags', {
      condition: isBlock,
      description: {
        en: 'Words by which lists of blocks are filtered.',
        de: 'Wörter, nach denen Listen gefiltert werden.',
      },
    }),
    {
      name: 'isRecurring',
      type: 'checkbox',
      label: { en: 'Comes back', de: 'Wiederholt sich' },
      defaultValue: false,
      access: { read: hostFieldInForms },
      admin: { condition: isBlock },
    },
    textField('recurrenceRule', {
      label: { en: 'When it comes back', de: 'Wann es sich wiederholt' },
      access: { read: hostFieldInForms },
      maxLength: 500,
      description: {
        en: 'iCalendar RRULE, for example FREQ=WEEKLY, or FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630. At the same time of day, on the clock of the consultant.',
        de: 'iCalendar-RRULE, zum Beispiel FREQ=WEEKLY oder FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630. Zur selben Uhrzeit, nach der Uhr der Fachperson.',
      },
      condition: (data) => isBlock(data) && data.isRecurring === true,
    }),
    relationField('parentSlot', 'availability-slots', {
      access: derivedForHost,
      clearedWithTarget: true,
      readOnly: true,
      maxDepth: 0,
    }),
    {
      name: 'isManuallyBlocked',
      type: 'checkbox',
      defaultValue: false,
      access: derivedForHost,
      admin: { readOnly: true },
    },
    textField('blockReason', {
      access: { read: hostFieldInForms },
      maxLength: 500,
      description: {
        en: 'Why a block takes this time. Customers never see it.',
        de: 'Warum die Zeit gesperrt ist. Kundinnen und Kunden sehen es nie.',
      },
    }),
    instantField('expiredAt', { access: derivedForHost, readOnly: true }),
  ],
}
