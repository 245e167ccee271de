import type { LedgerEntry } from '../shared/call-ledger'
import type { DeliveryFault, DeliveryRecord, ReleaseOrder } from '../shared/delivery-queue'
import type { ZoomFault } from './faults'
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
import type { Notifier, WebhookEndpoint } from './webhooks/notifier'
import type { Validation } from './webhooks/validate-endpoint'
import { mustFindMeeting, nowOf, type World } from './world'

/** The pieces of a running sandbox. */
export type Running = { world: World; notifier: Notifier; afterChange: () => void }

export type ZoomSandboxControl = ReturnType<typeof createControl>

/**
 * The knobs of the sandbox for tests and for its own pages: what people do in meetings, and what goes wrong. Those that name
 * a meeting throw a `Refusal` when there is none.
 */
export const createControl = (running: () => Running) => {
  /** Carries out one change, and has it written down where there is a file. */
  const change = <T>(what: (world: World) => T): T => {
    const { world, afterChange } = running()
    const result = what(world)
    afterChange()
    return result
  }

  return {
    /** Epoch ms by the sandbox's clock. */
    now: (): number => nowOf(running().world),
    advanceClock: (ms: number): void =>
      change((world) => {
        const offset = world.tables.settings.get('clockOffset')?.value ?? 0
        world.tables.settings.put('clockOffset', { value: offset + ms })
      }),

    users: (): StoredUser[] => [...running().world.tables.users.values()],
    addUser: (user: NewUser): StoredUser => change((world) => addUser(world, user)),
    meetings: (): StoredMeeting[] => [...running().world.tables.meetings.values()],
    meeting: (meetingId: string | number): StoredMeeting => mustFindMeeting(running().world, meetingId),
    /** The secret part of the link for guests. */
    passcodeOf: (meetingId: string | number): string =>
      passcodeKey(running().world, mustFindMeeting(running().world, meetingId)),
    /** A person deletes a meeting in Zoom itself. */
    deleteMeeting: (meetingId: string | number): void =>
      change((world) => world.tables.meetings.delete(String(mustFindMeeting(world, meetingId).id))),
    /** Every time that a meeting was held, the oldest first. */
    instances: (meetingId: string | number): StoredInstance[] =>
      [...running().world.tables.instances.values()].filter(
        (instance) => String(instance.meetingId) === String(meetingId),
      ),

    /** The meeting begins without anybody in it. */
    start: (meetingId: string | number): void =>
      change((world) => void startMeeting(world, mustFindMeeting(world, meetingId))),
    /** @returns what names them within the meeting. @throws Refusal when they have to wait for the host. */
    join: (meetingId: string | number, who: Joiner): string =>
      change((world) => joinMeeting(world, mustFindMeeting(world, meetingId), who)),
    /** Those who are in the meeting now. */
    present: (meetingId: string | number): Attendance[] =>
      presentPeople(running().world, mustFindMeeting(running().world, meetingId)),
    /** With the last one the meeting ends. */
    leave: (meetingId: string | number, participantId: string): void =>
      change((world) => leaveMeeting(world, mustFindMeeting(world, meetingId), participantId)),
    /** The host ends the meeting for everybody. */
    end: (meetingId: string | number): void => change((world) => endMeeting(world, mustFindMeeting(world, meetingId))),
    /** The recording of the latest time that the meeting was held is ready. */
    record: (meetingId: string | number): void =>
      change((world) => recordMeeting(world, mustFindMeeting(world, meetingId))),

    /** Access tokens end now. */
    expireTokens: (): void =>
      change((world) => {
        for (const token of [...world.tables.tokens.keys()]) world.tables.tokens.delete(token)
      }),
    setTokenLifetime: (ms: number): void => void (running().world.knobs.tokenLifetime = ms),

    /** The next call that fits goes wrong. */
    failNext: (fault: ZoomFault): void => running().world.faults.add(fault),
    /** The next event that fits (its topic is its name) is dropped, doubled or late. */
    nextWebhook: (fault: DeliveryFault): void => running().notifier.addFault(fault),
    clearFaults: (): void => {
      running().world.faults.clear()
      running().notifier.clearFaults()
    },

    /** Events wait from now on … */
    holdWebhooks: (): void => running().notifier.hold(),
    /** … until they are let go, in this order. */
    releaseWebhooks: (order?: ReleaseOrder): void => running().notifier.release(order),
    /** Resolves when no delivery is under way. */
    webhooksIdle: (): Promise<void> => running().notifier.idle(),
    /** Asks the endpoint whether it is the app's, as before the first event. */
    validateWebhook: (): Promise<Validation> => running().notifier.validate(),
    setWebhook: (endpoint: WebhookEndpoint | undefined): void => running().notifier.setEndpoint(endpoint),
    webhook: (): WebhookEndpoint | undefined => running().notifier.endpoint(),
    /** Makes signatures look so many seconds old. */
    setSignatureAge: (seconds: number): void => running().notifier.setSignatureAge(seconds),
    /** What happened, the oldest first. */
    events: (name?: string): StoredEvent[] =>
      [...running().world.tables.events.values()].filter(({ event }) => !name || event === name),
    /** Sends an event once more, the same byte for byte. */
    resendEvent: (id: string): void => {
      const event = running().world.tables.events.get(id)
      if (!event) throw new Refusal(404, 404, `There is no event ${id}.`)
      running().notifier.resend(event)
    },
    /** Every attempt to bring an event, the oldest first. */
    deliveries: (): DeliveryRecord<StoredEvent>[] => running().notifier.records(),

    /** Every call since the start or since `forgetCalls`, the oldest first; for example of `meetings.create`. */
    calls: (operation?: string): LedgerEntry[] => running().world.calls.entries(operation),
    forgetCalls: (): void => running().world.calls.clear(),
  }
}
