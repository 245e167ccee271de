import type { LockedFacts, SessionFacts } from './session-fact-queries'

/** The room itself, as hosts may set it by hand. */
const roomFields: readonly string[] = ['provider', 'joinUrl', 'hostUrl']

const isSame = (one: unknown, other: unknown): boolean => (one ?? null) === (other ?? null)

/**
 * One group as it is to be written: as it is now, with what was sent where that says something else than what was read.
 * @param args.ignored fields of which nothing that was sent counts.
 */
const mergeGroup = <Group extends object>(
  now: Group,
  { sent, read, ignored }: { sent: Group | undefined; read: Group | undefined; ignored: readonly string[] },
): Group => {
  const changes = Object.entries(sent ?? {}).filter(
    ([name, value]) =>
      value !== undefined && !ignored.includes(name) && !isSame(value, read && Reflect.get(read, name)),
  )
  return { ...now, ...Object.fromEntries(changes) }
}

/**
 * The groups of a session into which others write past its gate, for a change that was read before they did. Pure. A form sends all
 * that it has shown, perhaps an hour ago: the room that a provider has made is not exchanged for the one before.
 */
export const keepFacts = (
  { facts, hasProviderRoom }: Pick<LockedFacts, 'facts' | 'hasProviderRoom'>,
  { sent, read }: { sent: Partial<SessionFacts>; read: Partial<SessionFacts> },
): SessionFacts => ({
  meeting: mergeGroup(facts.meeting, {
    sent: sent.meeting,
    read: read.meeting,
    ignored: hasProviderRoom ? roomFields : [],
  }),
  attendance: mergeGroup(facts.attendance, { sent: sent.attendance, read: read.attendance, ignored: [] }),
  recording: mergeGroup(facts.recording, { sent: sent.recording, read: read.recording, ignored: [] }),
  reminders: mergeGroup(facts.reminders, { sent: sent.reminders, read: read.reminders, ignored: [] }),
})
