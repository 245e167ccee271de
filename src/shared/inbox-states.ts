import { statesWhere } from './state-table'

type InboxStateRow = {
  label: string
  /** Nothing is to be done about it any more; one that failed waits for somebody to look. */
  isDone: boolean
}

/** What became of an event that a provider reported; each can be opened again, because handlers may run any number of times. */
export const inboxStates = {
  received: { label: 'Received', isDone: false },
  processed: { label: 'Processed', isDone: true },
  ignored: { label: 'Ignored', isDone: true },
  failed: { label: 'Failed', isDone: false },
} as const satisfies Record<string, InboxStateRow>

export type InboxState = keyof typeof inboxStates

export const doneEvents = statesWhere(inboxStates, 'isDone', true)
