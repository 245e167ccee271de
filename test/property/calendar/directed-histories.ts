import { Step } from './commands'
import type { Sequence, Setting } from './sequence'

const plain: Setting = { zone: 'Europe/Berlin', hasFamily: false, pageLimit: Infinity }

const steps = (entries: Record<string, (sequence: Sequence) => Promise<void> | void>): Step[] =>
  Object.entries(entries).map(([name, run]) => new Step(name, run))

const written = {
  'book at 1': (sequence: Sequence) => sequence.book({ at: 1 }),
  worker: (sequence: Sequence) => sequence.work(),
}

/** Histories that are too rare to wait for: each would end badly if one rule of the synchronisation were missing. */
const histories: Step[][] = [
  steps({
    ...written,
    'person deletes its entry': (sequence) => sequence.deleteEntry(0),
    sweep: (sequence) => sequence.poll(),
  }),
  steps({
    'book at 1': (sequence) => sequence.book({ at: 1 }),
    'the answer to its insert is lost': (sequence) =>
      sequence.failNext({ kind: 'disconnect', operation: 'events.insert', applied: true }),
    worker: (sequence) => sequence.work(),
    'person deletes its entry': (sequence) => sequence.deleteEntry(0),
    sweep: (sequence) => sequence.poll(),
    'person takes it out of the bin': (sequence) => sequence.restoreEntry(0),
  }),
  steps({
    'book at 1': (sequence) => sequence.book({ at: 1 }),
    'worker, killed with its insert under way': (sequence) => sequence.workAndDieIn('events.insert'),
    'customer cancels': (sequence) => sequence.cancel(0),
    sweep: (sequence) => sequence.poll(),
    'the insert arrives': (sequence) => sequence.letLateCallsArrive(),
  }),
  steps({
    'book at 1': (sequence) => sequence.book({ at: 1 }),
    'worker, killed with its insert under way': (sequence) => sequence.workAndDieIn('events.insert'),
    'customer moves it': (sequence) => sequence.move(0, { at: 3 }),
    'the first insert will arrive just before the second': (sequence) =>
      sequence.meanwhile('events.insert', 'late calls arrive'),
    sweep: (sequence) => sequence.poll(),
  }),
  steps({
    'book at 1': (sequence) => sequence.book({ at: 1 }),
    'it will be moved while it is being written': (sequence) =>
      sequence.meanwhile('events.insert', 'the session is moved'),
    worker: (sequence) => sequence.work(),
  }),
  steps({
    ...written,
    'customer moves it': (sequence) => sequence.move(0, { at: 3 }),
    'it will be moved on while that is being written': (sequence) =>
      sequence.meanwhile('events.update', 'the session is moved, and another worker writes that'),
    sweep: (sequence) => sequence.poll(),
  }),
  steps({
    ...written,
    'Google forgets the sync token, so the entry will be looked at': (sequence) => sequence.forget('sync tokens'),
    'it will be moved while it is looked at': (sequence) =>
      sequence.meanwhile('events.get', 'the session is moved, and another worker writes that'),
    sweep: (sequence) => sequence.poll(),
  }),
  steps({
    ...written,
    'person enters something at its time': (sequence) => sequence.getInTheWay('busy', 0),
    sweep: (sequence) => sequence.poll(),
    'customer moves it': (sequence) => sequence.move(0, { at: 4 }),
  }),
]

export const directedHistories = histories.map((history): [Setting, undefined, Step[], undefined] => [
  plain,
  undefined,
  history,
  undefined,
])
