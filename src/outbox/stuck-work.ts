import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { CollectionSlug, PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import type { TaskName } from './task-payloads'

/** One piece of work that failed or waits too long. */
export type StuckRow = {
  id: string
  /** Which of its kind: a kind of message, a type of event, a task. */
  what: string
  /** Whose machine did not do it, by the name that calls to it are noted under; null: nobody's but ours. */
  provider: string | null
  /** Epoch milliseconds. What is given up counts as given up for as long as this does not grow. */
  since: number
  tries: number
  /** When it is tried again by itself, epoch milliseconds; null: not, or at no certain time. */
  nextAt: number | null
  /** As it was noted; not for the eyes of people. */
  error: string | null
  /** Nothing happens by itself any more. */
  isOver: boolean
  about: readonly RecordLink[]
}

/** A record that it is about. */
export type RecordLink = { collection: CollectionSlug; id: string }

type Refusal = string | undefined

/** What staff can do with a piece of stuck work. */
export type Mending = {
  /** What follows, in a sentence; people read it before they decide. */
  follows: (row: StuckRow) => string
  /** Why it cannot be done with this one, and what to do instead. */
  refuses?: (row: StuckRow) => Refusal
  /**
   * Does it, in the open transaction, in which nobody else decides about the same. The worker may: so each write is guarded by the state it finds.
   * @returns whether it was still to be done.
   * @throws DomainError where a gate refuses.
   */
  run: (req: PayloadRequest, row: StuckRow, decision: { actor: Actor; reason: string }) => Promise<boolean>
}

/** A kind of work that can be stuck. */
export type StuckKind = {
  /** How more than one is called. */
  label: string
  /** How one is called, by its `what`. */
  title: (what: string) => string
  /**
   * A statement with the columns id, what, provider, since (timestamptz), tries, next_at (timestamptz), error, is_over, about (jsonb); not ordered.
   * What is tried again leaves it until it fails once more, or has waited too long again.
   */
  select: SQL
  tryAgain: Mending
  giveUp: Mending
}

/** A task of the worker in words. */
export type TaskWords = {
  label: string
  /** Whose machine it calls. */
  provider?: string
  /** What it works on is of a kind of its own, which shows it while it is tried again. */
  isShownByKind?: boolean
  /** What does not happen when a job of it is given up. */
  ifGivenUp: string
}

/** What of a feature's work can be stuck, and how it is mended. Each feature exports one of these, and the desk collects them. */
export type StuckWork = {
  kinds?: Readonly<Record<string, StuckKind>>
  tasks: { readonly [Name in TaskName]?: TaskWords }
}

/** Work that waits for so long without having been tried is stuck as well; an interval of PostgreSQL. */
export const lateAfter = "interval '5 minutes'"

/** For jobs whose record still says what is to be done. */
export const foundBySweep = 'Only this job is removed: where its record still needs it, the worker starts it anew.'

/** What is not given up by anybody, because it is still to be made. */
export const cannotGiveUp = (why: string): Mending => ({
  follows: () => why,
  refuses: () => why,
  run: () => Promise.resolve(false),
})
