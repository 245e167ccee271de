import { DomainError } from '#shared/errors'
import type { LockedFacts, SessionFacts } from './session-fact-queries'

/** The room itself, as hosts may set it by hand. */
const roomFields: readonly string[] = ['provider', 'joinUrl', 'hostUrl']

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

const isSame = (one: unknown, other: unknown): boolean => (isEmpty(one) ? isEmpty(other) : one === other)

type Versions<Group> = { name: string; sent: Group | undefined; read: Group | undefined; isStale: boolean }

/**
 * One group as it is to be written: as it is now, with what was sent where that says something else than what was read.
 * @param ignored fields of which nothing that was sent counts.
 */
const mergeGroup = <Group extends object>(
  now: Group,
  { name: group, sent, read, isStale }: Versions<Group>,
  ignored: readonly string[] = [],
): Group => {
  const changes = Object.entries(sent ?? {}).filter(
    ([name, value]) =>
      value !== undefined &&
      !ignored.includes(name) &&
      !isSame(value, read && Reflect.get(read, name)) &&
      // It was empty when the form was opened.
      !(isStale && isEmpty(value)),
  )
  if (isStale && changes.length) {
    throw new DomainError(
      'conflict',
      'The room or the recording was changed by somebody else meanwhile. Load the session again.',
      {
        errors: changes.map(([name]) => ({
          path: `${group}.${name}`,
          message: 'was changed meanwhile, or is changed in a form that is out of date',
        })),
      },
    )
  }
  return { ...now, ...Object.fromEntries(changes) }
}

/**
 * The groups of a session into which others write past its gate, for a change that was read before they did. Pure. A form sends all
 * that it has shown, perhaps an hour ago: neither is the room that a provider has made exchanged for the one before, nor a recording lost.
 * @param versions.isStale the sender read the session before others wrote into it, so what differs may be theirs.
 * @throws DomainError `conflict` where it cannot be told what the sender wants.
 */
export const keepFacts = (
  { facts, hasProviderRoom }: Pick<LockedFacts, 'facts' | 'hasProviderRoom'>,
  { sent, read, isStale }: { sent: Partial<SessionFacts>; read: Partial<SessionFacts>; isStale: boolean },
): SessionFacts => {
  const versions = <Name extends keyof SessionFacts>(name: Name) => ({
    name,
    sent: sent[name],
    read: read[name],
    isStale,
  })
  return {
    meeting: mergeGroup(facts.meeting, versions('meeting'), hasProviderRoom ? roomFields : []),
    attendance: mergeGroup(facts.attendance, versions('attendance')),
    recording: mergeGroup(facts.recording, versions('recording')),
    reminders: mergeGroup(facts.reminders, versions('reminders')),
  }
}
