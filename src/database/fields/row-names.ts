import type { Words } from '#shared/words'

/** What one row of a list of the product's fields is called: in its heading, and on the button that adds one. */
export const rowNames: Readonly<Record<string, Words>> = {
  slots: { en: 'Slot', de: 'Zeit' },
  recurrences: { en: 'Recurrence', de: 'Regel' },
  dateExceptions: { en: 'Date exception', de: 'Ausnahme' },
  breakTimes: { en: 'Break', de: 'Pause' },
  unavailableDates: { en: 'Unavailable date', de: 'Abwesenheit' },
  savedPaymentMethods: { en: 'Saved payment method', de: 'Gespeicherte Zahlungsart' },
  prices: { en: 'Price', de: 'Preis' },
  intakeQuestions: { en: 'Intake question', de: 'Frage' },
  options: { en: 'Option', de: 'Auswahlmöglichkeit' },
  statusHistory: { en: 'Change', de: 'Änderung' },
  rescheduleHistory: { en: 'Move', de: 'Verschiebung' },
  proposedTimes: { en: 'Proposed time', de: 'Vorgeschlagene Zeit' },
  participants: { en: 'Participant', de: 'Person' },
  templates: { en: 'Template', de: 'Text' },
}
