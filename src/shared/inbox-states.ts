import { statesWhere } from './state-table'
import type { Words } from './words'

type InboxStateRow = {
  label: Words
  /** Nothing is to be done about it any more; one that failed waits for somebody to look. */
  isDone: boolean
}

/** What became of an event that a provider reported; each can be opened again, because handlers may run any number of times. */
export const inboxStates = {
  received: { label: { en: 'Received', de: 'Eingegangen' }, isDone: false },
  processed: { label: { en: 'Processed', de: 'Bearbeitet' }, isDone: true },
  ignored: { label: { en: 'Ignored', de: 'Ignoriert' }, isDone: true },
  failed: { label: { en: 'Failed', de: 'Fehlgeschlagen' }, isDone: false },
} as const satisfies Record<string, InboxStateRow>

export type InboxState = keyof typeof inboxStates

export const doneEvents = statesWhere(inboxStates, 'isDone', true)
