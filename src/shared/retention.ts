import { namesOf } from './state-table'

/** How many days something is kept; the least and the most that staff can set, and what it is until they do. */
type Kept = { least: number; most: number; usual: number; label: string; description: string }

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
    label: 'Messages',
    description:
      'What was sent to whom. Kept longer: what still waits, what is about a session that is not over, and what is evidence in an open dispute.',
  },
  stripeEventsDays: {
    least: 30,
    most: years(2),
    usual: 90,
    label: 'Events of Stripe',
    description: 'That an event was dealt with. Stripe may send one again for 30 days. What is not dealt with stays.',
  },
  meetingReportsDays: {
    least: 7,
    most: years(2),
    usual: 30,
    label: 'Reports of meeting rooms',
    description:
      'What providers reported of rooms, once it is dealt with. Who was there and for how long stays with the session.',
  },
  commandAnswersDays: {
    least: 1,
    most: 30,
    usual: 7,
    label: 'Answers to commands',
    description: 'For so long a command with the same Idempotency-Key gets the same answer and is not done twice.',
  },
  pastAppointmentsDays: {
    least: 2,
    most: 365,
    usual: 2,
    label: 'Past appointments',
    description: 'When consultants were busy by their calendars. Nothing asks for what is over.',
  },
  pastEntriesDays: {
    least: 30,
    most: years(10),
    usual: 365,
    label: 'Calendar entries of past sessions',
    description:
      'Which entry in which calendar belongs to a session, and differences that were settled. The entries in the calendars stay.',
  },
  lapsedHoldsDays: {
    least: 7,
    most: years(2),
    usual: 30,
    label: 'Lapsed holds',
    description: 'Times that were held and given back without a session.',
  },
  reconciliationDays: {
    least: 90,
    most: years(10),
    usual: years(2),
    label: 'Comparisons with Stripe',
    description: 'Nightly comparisons that have ended, and differences that were resolved. The books stay.',
  },
} as const satisfies Record<string, Kept>

export type RetentionName = keyof typeof retentionSettings

/** Days by what is kept for them. */
export type KeptDays = Readonly<Record<RetentionName, number>>

export const retentionNames = namesOf(retentionSettings)
