import { namesOf } from './state-table'
import type { Words } from './words'

/** How many days something is kept; the least and the most that staff can set, and what it is until they do. */
type Kept = { least: number; most: number; usual: number; label: Words; description: Words }

const years = (count: number) => count * 365

/**
 * What grows with use and is removed after a time that staff set (Booking settings → Retention). What is kept for ever, or for a time that has its
 * reason in how it works, stands beside these in `src/desk/storage/table-groups.ts`.
 */
export const retentionSettings = {
  messagesDays: {
    least: 7,
    most: years(10),
    usual: 30,
    label: { en: 'Messages', de: 'Nachrichten' },
    description: {
      en: 'What was sent to whom. Kept longer: what still waits, what is about a session that is not over, and what is evidence in an open dispute.',
      de: 'Was an wen ging. Länger bleibt: was noch wartet, was einen Termin betrifft, der nicht vorbei ist, und was in einem offenen Streitfall Beleg ist.',
    },
  },
  stripeEventsDays: {
    least: 30,
    most: years(2),
    usual: 90,
    label: { en: 'Events of Stripe', de: 'Ereignisse von Stripe' },
    description: {
      en: 'That an event was dealt with. Stripe may send one again for 30 days. What is not dealt with stays.',
      de: 'Dass ein Ereignis bearbeitet ist. Stripe kann es 30 Tage lang erneut senden. Was nicht bearbeitet ist, bleibt.',
    },
  },
  meetingReportsDays: {
    least: 7,
    most: years(2),
    usual: 30,
    label: { en: 'Reports of meeting rooms', de: 'Meldungen von Videoräumen' },
    description: {
      en: 'What providers reported of rooms, once it is dealt with. Who was there and for how long stays with the session.',
      de: 'Was Anbieter zu Räumen gemeldet haben, sobald es bearbeitet ist. Wer wie lange da war, bleibt beim Termin.',
    },
  },
  commandAnswersDays: {
    least: 1,
    most: 30,
    usual: 7,
    label: { en: 'Answers to commands', de: 'Antworten auf Befehle' },
    description: {
      en: 'For so long a command with the same Idempotency-Key gets the same answer and is not done twice.',
      de: 'So lange bekommt ein Befehl mit demselben Idempotency-Key dieselbe Antwort und geschieht nicht zweimal.',
    },
  },
  pastAppointmentsDays: {
    least: 2,
    most: 365,
    usual: 2,
    label: { en: 'Past appointments', de: 'Vergangene Kalendertermine' },
    description: {
      en: 'When consultants were busy by their calendars. Nothing asks for what is over.',
      de: 'Wann Fachpersonen laut Kalender belegt waren. Nach Vergangenem fragt nichts.',
    },
  },
  pastEntriesDays: {
    least: 30,
    most: years(10),
    usual: 365,
    label: { en: 'Calendar entries of past sessions', de: 'Kalendereinträge vergangener Termine' },
    description: {
      en: 'Which entry in which calendar belongs to a session, and differences that were settled. The entries in the calendars stay.',
      de: 'Welcher Eintrag in welchem Kalender zu einem Termin gehört, und erledigte Abweichungen. Die Einträge in den Kalendern bleiben.',
    },
  },
  lapsedHoldsDays: {
    least: 7,
    most: years(2),
    usual: 30,
    label: { en: 'Lapsed holds', de: 'Verfallene Reservierungen' },
    description: {
      en: 'Times that were held and given back without a session.',
      de: 'Zeiten, die reserviert und ohne Termin freigegeben wurden.',
    },
  },
  reconciliationDays: {
    least: 90,
    most: years(10),
    usual: years(2),
    label: { en: 'Comparisons with Stripe', de: 'Vergleiche mit Stripe' },
    description: {
      en: 'Nightly comparisons that have ended, and differences that were resolved. The books stay.',
      de: 'Beendete nächtliche Vergleiche und erledigte Abweichungen. Die Bücher bleiben.',
    },
  },
} as const satisfies Record<string, Kept>

export type RetentionName = keyof typeof retentionSettings

/** Days by what is kept for them. */
export type KeptDays = Readonly<Record<RetentionName, number>>

export const retentionNames = namesOf(retentionSettings)
