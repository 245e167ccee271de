import fc from 'fast-check'
import { PropertyStep } from '../../support/property-step'
import { appointmentChanges, appointmentKinds, meanwhiles, type Sequence, type Setting } from './sequence'

export const Step = PropertyStep<Sequence>
export type Step = PropertyStep<Sequence>

/** Mostly the first one: what goes wrong is mostly in several things that happen to one session. */
const which = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) })
/** Full hours of the day on which everything happens: few, so that things get into each other's way. */
const at = fc.nat(4)
const halfHours = fc.nat(9)
/** After how many steps the process is killed; most are not. */
export const crash = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) },
)
const killed = (steps: number | undefined) => (steps === undefined ? '' : `, killed after ${steps} steps`)

const writing = fc.constantFrom('events.insert', 'events.update', 'events.delete')

const book = fc
  .record({ at, crash })
  .map((args) => new Step(`book at ${args.at}${killed(args.crash)}`, (sequence) => sequence.book(args)))

const move = fc
  .record({ index: which, at, crash })
  .map(
    ({ index, ...args }) =>
      new Step(`customer moves #${index} to ${args.at}${killed(args.crash)}`, (sequence) => sequence.move(index, args)),
  )

const cancel = fc
  .record({ index: which, crash })
  .map(
    ({ index, ...args }) =>
      new Step(`customer cancels #${index}${killed(args.crash)}`, (sequence) => sequence.cancel(index, args)),
  )

const moveEntry = fc
  .record({
    index: which,
    to: fc.oneof(
      { weight: 4, arbitrary: at },
      { weight: 1, arbitrary: fc.constantFrom('whole day' as const, 'back' as const) },
    ),
  })
  .map(
    ({ index, to }) => new Step(`person moves entry of #${index}: ${to}`, (sequence) => sequence.moveEntry(index, to)),
  )

const deleteEntry = which.map(
  (index) => new Step(`person deletes entry of #${index}`, (sequence) => sequence.deleteEntry(index)),
)

const restoreEntry = which.map(
  (index) => new Step(`person takes entry of #${index} out of the bin`, (sequence) => sequence.restoreEntry(index)),
)

const retitleEntry = which.map(
  (index) => new Step(`person retitles entry of #${index}`, (sequence) => sequence.retitleEntry(index)),
)

const addAppointment = fc
  .record({ kind: fc.constantFrom(...appointmentKinds), at: halfHours, isFamily: fc.boolean() })
  .map(
    ({ kind, at: start, isFamily }) =>
      new Step(`person enters: ${kind} at ${start / 2}${isFamily ? ' in the other calendar' : ''}`, (sequence) =>
        sequence.addAppointment(kind, start, isFamily),
      ),
  )

const getInTheWay = fc
  .record({ kind: fc.constantFrom(...appointmentKinds), index: which })
  .map(
    ({ kind, index }) =>
      new Step(`person enters: ${kind} at the time of #${index}`, (sequence) => sequence.getInTheWay(kind, index)),
  )

const changeAppointment = fc
  .record({ index: which, how: fc.constantFrom(...appointmentChanges), at: halfHours })
  .map(
    ({ index, how, at: start }) =>
      new Step(`appointment #${index}: ${how} (${start / 2})`, (sequence) =>
        sequence.changeAppointment(index, how, start),
      ),
  )

const decide = fc
  .record({ index: which, choice: fc.nat(1) })
  .map(
    ({ index, choice }) =>
      new Step(`expert answers question #${index} with ${choice}`, (sequence) => sequence.decide(index, choice)),
  )

const answerProposal = fc
  .record({ index: which, answer: fc.constantFrom('accept', 'decline') })
  .map(
    ({ index, answer }) =>
      new Step(`customer answers proposal #${index}: ${answer}`, (sequence) => sequence.answerProposal(index, answer)),
  )

const notify = fc
  .constantFrom('as_happened', 'reversed')
  .map((order) => new Step(`notifications arrive ${order}`, (sequence) => sequence.notify(order)))

const disturbNotifications = fc
  .constantFrom('drop', 'duplicate')
  .map((kind) => new Step(`next notifications: ${kind}`, (sequence) => sequence.disturbNotifications(kind)))

const operations = [
  'events.insert',
  'events.insert',
  'events.update',
  'events.update',
  'events.delete',
  'events.get',
  'events.list',
  'events.list',
  'events.watch',
  'calendarList.list',
  'freebusy.query',
  'oauth.token',
] as const

const fault = fc
  .record({
    kind: fc.constantFrom('server_error', 'html', 'disconnect', 'too_many_requests', 'user_rate_limit', 'unauthorized'),
    operation: fc.constantFrom(...operations),
    applied: fc.boolean(),
    times: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ kind, operation, applied, times }) => {
    // Google says of these that it has done nothing.
    const isLost = applied && ['server_error', 'html', 'disconnect'].includes(kind)
    return new Step(
      `Google: ${kind} ${isLost ? 'after' : 'before'} ${operation}${times > 1 ? ' twice' : ''}`,
      (sequence) => sequence.failNext({ kind, operation, applied: isLost, times }),
    )
  })

const breakFreeBusy = fc.constant(
  new Step('Google cannot say when the other calendar is busy', (sequence) => sequence.breakFreeBusy()),
)

const forget = fc
  .constantFrom('access tokens', 'sync tokens', 'sync tokens', 'access')
  .map((what) => new Step(`Google forgets: ${what}`, (sequence) => sequence.forget(what)))

const connectAgain = fc
  .record({ isDisconnected: fc.boolean(), crash })
  .map(
    (args) =>
      new Step(
        `expert connects again${args.isDisconnected ? ' after disconnecting' : ''}${killed(args.crash)}`,
        (sequence) => sequence.connectAgain(args),
      ),
  )

const loseJobs = fc.constant(new Step('jobs are lost', (sequence) => sequence.loseJobs()))

const work = crash.map((steps) => new Step(`worker${killed(steps)}`, (sequence) => sequence.work({ crash: steps })))

const live = fc.constant(new Step('worker', (sequence) => sequence.work()))

const dieInCall = writing.map(
  (operation) =>
    new Step(`worker, killed with its ${operation} under way`, (sequence) => sequence.workAndDieIn(operation)),
)

const lateCalls = fc.constant(new Step('late calls arrive', (sequence) => sequence.letLateCallsArrive()))

const meanwhile = fc
  .record({
    operation: fc.oneof(
      { weight: 2, arbitrary: writing },
      { weight: 1, arbitrary: fc.constantFrom('events.get', 'events.list') },
    ),
    what: fc.constantFrom(...meanwhiles),
  })
  .map(
    ({ operation, what }) =>
      new Step(`meanwhile, at the next ${operation}: ${what}`, (sequence) => sequence.meanwhile(operation, what)),
  )

const poll = crash.map((steps) => new Step(`sweep${killed(steps)}`, (sequence) => sequence.poll({ crash: steps })))

const time = fc.constant(new Step('time passes', (sequence) => sequence.letTimePass()))

const loseAnswer = writing.map(
  (operation) =>
    new Step(`Google: disconnect after ${operation}`, (sequence) =>
      sequence.failNext({ kind: 'disconnect', operation, applied: true }),
    ),
)

const read = fc.oneof(poll, fc.constant(new Step('sweep', (sequence) => sequence.poll())))

/** Things that mean more one after the other than apart. */
const stories = fc.oneof(
  fc.tuple(fc.oneof(moveEntry, deleteEntry), read),
  fc.tuple(restoreEntry, read),
  fc.tuple(decide, work),
  fc.tuple(decide, answerProposal, read),
  fc.tuple(loseAnswer, work),
  fc.tuple(getInTheWay, read),
  fc.tuple(notify, work),
  fc.tuple(dieInCall, fc.oneof(move, cancel), read, lateCalls),
  fc.tuple(meanwhile, fc.oneof(move, cancel, moveEntry), read),
)

/** Anything that may happen next; the weights say how often. */
const anything = fc.oneof(
  { weight: 4, arbitrary: book },
  { weight: 4, arbitrary: move },
  { weight: 3, arbitrary: cancel },
  { weight: 2, arbitrary: moveEntry },
  { weight: 3, arbitrary: deleteEntry },
  { weight: 2, arbitrary: restoreEntry },
  { weight: 2, arbitrary: retitleEntry },
  { weight: 3, arbitrary: addAppointment },
  { weight: 5, arbitrary: changeAppointment },
  { weight: 3, arbitrary: decide },
  { weight: 2, arbitrary: notify },
  { weight: 1, arbitrary: disturbNotifications },
  { weight: 5, arbitrary: fault },
  { weight: 1, arbitrary: breakFreeBusy },
  { weight: 2, arbitrary: forget },
  { weight: 1, arbitrary: connectAgain },
  { weight: 1, arbitrary: loseJobs },
  { weight: 5, arbitrary: work },
  { weight: 1, arbitrary: dieInCall },
  { weight: 1, arbitrary: lateCalls },
  { weight: 4, arbitrary: read },
  { weight: 1, arbitrary: time },
)

const toSteps = <T extends readonly Step[]>(story: T): readonly Step[] => story

/** Histories begin with a session that stands in the calendar, or is about to. */
const beginnings = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(book).map(toSteps) },
  { weight: 1, arbitrary: fc.tuple(addAppointment, book, work).map(toSteps) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        at.map((start) => new Step(`book at ${start}`, (sequence) => sequence.book({ at: start }))),
        live,
      )
      .map(toSteps),
  },
)

const next = fc.oneof(
  { weight: 3, arbitrary: anything.map((step) => toSteps([step])) },
  { weight: 2, arbitrary: stories.map((story) => toSteps(story)) },
)

/** What happens in one history: 4 to some 20 steps. */
export const histories: fc.Arbitrary<Step[]> = fc
  .tuple(beginnings, fc.array(next, { minLength: 3, maxLength: 9, size: 'max' }))
  .map(([beginning, rest]) => [...beginning, ...rest.flat()])

/** Whose account it is: the zone of whole days, whether another calendar counts as well, how long a page of a list is. */
export const accounts: fc.Arbitrary<Setting> = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Pacific/Auckland'),
  hasFamily: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  pageLimit: fc.constantFrom(2, Infinity),
})
