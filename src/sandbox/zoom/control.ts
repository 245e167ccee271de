import { callControl, webhookControl } from '../shared/common-control'
import type { DeliveryFault, DeliveryRecord } from '../shared/delivery-queue'
import { advanceClock } from '../shared/sandbox-world'
import {
  endMeeting,
  joinMeeting,
  type Joiner,
  leaveMeeting,
  presentPeople,
  recordMeeting,
  startMeeting,
} from './meetings/hold-meeting'
import { passcodeKey } from './meetings/present-meeting'
import type { Attendance, StoredEvent, StoredInstance, StoredMeeting, StoredUser } from './records'
import { Refusal } from './refusal'
import { addUser, type NewUser } from './add-user'
import type { Notifier } from './webhooks/notifier'
import type { Validation } from './webhooks/validate-endpoint'
import { mustFindMeeting, nowOf, type World } from './world'

/** The pieces of a running sandbox. */
export type Running = { world: World; notifier: Notifier; writeLater: () => Promise<void> }

export type ZoomSandboxControl = ReturnType<typeof createControl>

/**
 * The knobs of the sandbox for tests and for its own pages: what people do in meetings, and what goes wrong. Those that name
 * a meeting throw a `Refusal` when there is none.
 */
export const createControl = ({ world, notifier, writeLater }: Running) => {
  /** Carries out one change, and has it written down where there is a file. */
  const change = <T>(what: () => T): T => {
    const result = what()
    void writeLater()
    return result
  }

  return {
    ...callControl(world),
    ...webhookControl(notifier),
    /** Epoch ms by the sandbox's clock. */
    now: (): number => nowOf(world),
    advanceClock: (ms: number): void => change(() => advanceClock(world, ms)),

    users: (): StoredUser[] => [...world.tables.users.values()],
    addUser: (user: NewUser): StoredUser => change(() => addUser(world, user)),
    meetings: (): StoredMeeting[] => [...world.tables.meetings.values()],
    meeting: (meetingId: string | number): StoredMeeting => mustFindMeeting(world, meetingId),
    /** The secret part of the link for guests. */
    passcodeOf: (meetingId: string | number): string => passcodeKey(world, mustFindMeeting(world, meetingId)),
    /** A person deletes a meeting in Zoom itself. */
    deleteMeeting: (meetingId: string | number): void =>
      change(() => world.tables.meetings.delete(String(mustFindMeeting(world, meetingId).id))),
    /** Every time that a meeting was held, the oldest first. */
    instances: (meetingId: string | number): StoredInstance[] =>
      [...world.tables.instances.values()].filter((instance) => String(instance.meetingId) === String(meetingId)),

    /** The meeting begins without anybody in it. */
    start: (meetingId: string | number): void =>
      change(() => void startMeeting(world, mustFindMeeting(world, meetingId))),
    /** @returns what names them within the meeting. @throws Refusal when they have to wait for the host. */
    join: (meetingId: string | number, who: Joiner): string =>
      change(() => joinMeeting(world, mustFindMeeting(world, meetingId), who)),
    /** Those who are in the meeting now. */
    present: (meetingId: string | number): Attendance[] => presentPeople(world, mustFindMeeting(world, meetingId)),
    /** With the last one the meeting ends. */
    leave: (meetingId: string | number, participantId: string): void =>
      change(() => leaveMeeting(world, mustFindMeeting(world, meetingId), participantId)),
    /** The host ends the meeting for everybody. */
    end: (meetingId: string | number): void => change(() => endMeeting(world, mustFindMeeting(world, meetingId))),
    /** The recording of the latest time that the meeting was held is ready. */
    record: (meetingId: string | number): void => change(() => recordMeeting(world, mustFindMeeting(world, meetingId))),

    /** Access tokens end now. */
    expireTokens: (): void =>
      change(() => {
        for (const token of [...world.tables.tokens.keys()]) world.tables.tokens.delete(token)
      }),
    setTokenLifetime: (ms: number): void => void (world.knobs.tokenLifetime = ms),

    /** The next event that fits (its topic is its name) is dropped, doubled or late. */
    nextWebhook: (fault: DeliveryFault): void => notifier.addFault(fault),
    clearFaults: (): void => {
      world.faults.clear()
      notifier.clearFaults()
    },

    /** Asks the endpoint whether it is the app's, as before the first event. */
    validateWebhook: (): Promise<Validation> => notifier.validate(),
    /** What happened, the oldest first. */
    events: (name?: string): StoredEvent[] =>
      [...world.tables.events.values()].filter(({ event }) => !name || event === name),
    /** Sends an event once more, the same byte for byte. */
    resendEvent: (id: string): void => {
      const event = world.tables.events.get(id)
      if (!event) throw new Refusal(404, 404, `There is no event ${id}.`)
      notifier.sendAgain(event)
    },
    /** Every attempt to bring an event, the oldest first. */
    deliveries: (): DeliveryRecord<StoredEvent>[] => notifier.records(),
  }
}
