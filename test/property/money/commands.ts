import fc from 'fast-check'
import { PropertyStep } from '../../support/property-step'
import type { Sequence } from './sequence'

const Step = PropertyStep<Sequence>
type Step = PropertyStep<Sequence>

const which = fc.nat(2)
/** After how many steps the process is killed; most are not. */
export const crash = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
)
const part = fc.constantFrom<1 | 3>(1, 3)
const killed = (steps: number | undefined) => (steps === undefined ? '' : `, killed after ${steps} steps`)

const paths = ['/v1/checkout/sessions', '/v1/refunds', '/v1/payment_intents', '/v1/transfers'] as const

const book = fc
  .record({
    kind: fc.constantFrom('direct', 'confirmed'),
    sameTimeAs: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: which }),
    crash,
  })
  .map(
    (args) =>
      new Step(
        `book ${args.kind}${args.sameTimeAs === undefined ? '' : ` at the time of #${args.sameTimeAs}`}${killed(args.crash)}`,
        (sequence) => sequence.book(args.kind, args),
      ),
  )

const bookElsewhere = fc.constant(new Step('book, paid elsewhere', (sequence) => sequence.bookElsewhere()))

const returnRefund = fc
  .record({ index: which, crash })
  .map(
    ({ index, crash: steps }) =>
      new Step(`operations have returned a refund of #${index}${killed(steps)}`, (sequence) =>
        sequence.returnRefund(index, steps),
      ),
  )

const pay = fc
  .record({ index: which, how: fc.constantFrom('card', 'card', 'card', 'declined', 'debit') })
  .map(({ index, how }) => new Step(`pay #${index} by ${how}`, (sequence) => sequence.pay(index, how)))

const settleDebit = fc
  .record({ index: which, how: fc.constantFrom('succeeded', 'failed') })
  .map(({ index, how }) => new Step(`debit of #${index} ${how}`, (sequence) => sequence.settleDebit(index, how)))

const comeBack = fc
  .record({ index: which, crash })
  .map(
    (args) =>
      new Step(`customer of #${args.index} comes back${killed(args.crash)}`, (sequence) =>
        sequence.act(args.index, '/payment/refresh', 'customer', args),
      ),
  )

const cancel = fc
  .record({ index: which, as: fc.constantFrom('customer', 'consultant', 'operations'), crash })
  .map(
    ({ index, as, crash: steps }) =>
      new Step(`${as} cancels #${index}${killed(steps)}`, (sequence) =>
        sequence.act(index, '/cancel', as, { crash: steps }),
      ),
  )

const decide = fc
  .record({ index: which, path: fc.constantFrom('/confirm', '/confirm', '/decline', '/complete', '/start'), crash })
  .map(
    ({ index, path, crash: steps }) =>
      new Step(`consultant: ${path} #${index}${killed(steps)}`, (sequence) =>
        sequence.act(index, path, 'consultant', { crash: steps }),
      ),
  )

const noShow = fc
  .record({ index: which, who: fc.constantFrom('customer', 'consultant'), crash })
  .map(
    ({ index, who, crash: steps }) =>
      new Step(`${who} did not come to #${index}${killed(steps)}`, (sequence) =>
        sequence.act(index, '/no-show', 'operations', { body: { who }, crash: steps }),
      ),
  )

const reschedule = fc
  .record({ index: which, as: fc.constantFrom('customer', 'operations'), crash })
  .map(
    ({ index, as, crash: steps }) =>
      new Step(`${as} moves #${index}${killed(steps)}`, (sequence) => sequence.reschedule(index, as, steps)),
  )

const refund = fc
  .record({ index: which, part, crash })
  .map(
    (args) =>
      new Step(`operations return 1/${args.part} of #${args.index}${killed(args.crash)}`, (sequence) =>
        sequence.refund(args.index, args.part, args.crash),
      ),
  )

const refundFromDashboard = fc
  .record({ index: which, part })
  .map(
    (args) =>
      new Step(`dashboard returns 1/${args.part} of #${args.index}`, (sequence) =>
        sequence.refundFromDashboard(args.index, args.part),
      ),
  )

const decideRefund = fc
  .record({ index: which, how: fc.constantFrom('arrives', 'fails') })
  .map(({ index, how }) => new Step(`refund of #${index} ${how}`, (sequence) => sequence.decideRefund(index, how)))

const nextRefund = fc
  .constantFrom<'stay_pending' | 'fail_at_once'>('stay_pending', 'fail_at_once')
  .map((behaviour) => new Step(`next refund: ${behaviour}`, (sequence) => sequence.nextRefund(behaviour)))

const dispute = fc
  .record({ index: which, how: fc.constantFrom('whole', 'third', 'more', 'inquiry') })
  .map(
    ({ index, how }) => new Step(`customer of #${index} disputes: ${how}`, (sequence) => sequence.dispute(index, how)),
  )

const decideDispute = fc
  .record({ index: which, how: fc.constantFrom('won', 'lost', 'escalated', 'closed') })
  .map(({ index, how }) => new Step(`dispute of #${index}: ${how}`, (sequence) => sequence.decideDispute(index, how)))

const account = fc
  .constantFrom<'restricted' | 'restored' | 'emptied'>('restricted', 'restored', 'emptied')
  .map((how) => new Step(`account: ${how}`, (sequence) => sequence.changeAccount(how)))

const payout = fc
  .record({ index: which, how: fc.constantFrom('hold', 'release', 'retry'), crash })
  .map(
    ({ index, how, crash: steps }) =>
      new Step(`operations: ${how} payout of #${index}${killed(steps)}`, (sequence) =>
        sequence.changePayout(index, how, steps),
      ),
  )

/** It took place, and is paid out by whoever works next. */
const held = fc.record({ index: which, crash }).map(
  ({ index, crash: steps }) =>
    new Step(`#${index} takes place and is paid out${killed(steps)}`, async (sequence) => {
      await sequence.letTimePass(index, 'started')
      await sequence.act(index, '/complete', 'operations')
      await sequence.letTimePass(index, 'paid_out')
      await sequence.work({ crash: steps })
    }),
)

const time = fc
  .record({ index: which, until: fc.constantFrom('deadline', 'late', 'started', 'ended', 'paid_out') })
  .map(
    ({ index, until }) =>
      new Step(`time passes for #${index}: ${until}`, (sequence) => sequence.letTimePass(index, until)),
  )

const events = fc
  .constantFrom<'in_order' | 'reversed' | 'twice' | 'none' | 'later'>(
    'in_order',
    'in_order',
    'reversed',
    'twice',
    'none',
    'later',
  )
  .map((how) => new Step(`events: ${how}`, (sequence) => sequence.deliver(how)))

const work = crash.map((steps) => new Step(`worker${killed(steps)}`, (sequence) => sequence.work({ crash: steps })))

const fault = fc
  .record({
    kind: fc.constantFrom('lose', 'server_error', 'server_error_after', 'disconnect'),
    path: fc.constantFrom(...paths),
  })
  .map(({ kind, path }) => new Step(`Stripe: ${kind} ${path}`, (sequence) => sequence.failNext(kind, path)))

const reconcile = crash.map(
  (steps) => new Step(`reconciliation${killed(steps)}`, (sequence) => sequence.reconcile(steps)),
)

/** Anything that may happen next; what stands here twice happens twice as often. */
const anything = fc.oneof(
  book,
  book,
  bookElsewhere,
  pay,
  pay,
  settleDebit,
  comeBack,
  cancel,
  cancel,
  decide,
  decide,
  noShow,
  reschedule,
  refund,
  refund,
  refundFromDashboard,
  decideRefund,
  returnRefund,
  nextRefund,
  dispute,
  decideDispute,
  account,
  payout,
  held,
  held,
  time,
  time,
  events,
  events,
  work,
  work,
  work,
  fault,
  reconcile,
)

const paid = fc
  .constantFrom<'direct' | 'confirmed'>('direct', 'direct', 'confirmed')
  .map((kind) => [
    new Step(`book ${kind}`, (sequence) => sequence.book(kind, {})),
    new Step('pay #0 by card', (sequence) => sequence.pay(0, 'card')),
    new Step('customer of #0 comes back', (sequence) => sequence.act(0, '/payment/refresh', 'customer')),
    ...(kind === 'direct'
      ? []
      : [new Step('consultant: /confirm #0', (sequence) => sequence.act(0, '/confirm', 'consultant'))]),
  ])

const heard = [
  new Step('events: in_order', (sequence) => sequence.deliver('in_order')),
  new Step('worker', (sequence) => sequence.work()),
]

/** Most histories begin with a booking that is paid, is paid out, or is disputed: what can go wrong is mostly after that. */
const beginnings = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(book) },
  { weight: 1, arbitrary: fc.tuple(book, pay) },
  { weight: 2, arbitrary: paid },
  { weight: 1, arbitrary: fc.tuple(bookElsewhere, held, refund, returnRefund) },
  { weight: 2, arbitrary: fc.tuple(paid, held).map(([steps, last]) => [...steps, last]) },
  { weight: 1, arbitrary: fc.tuple(paid, dispute).map(([steps, next]) => [...steps, next, ...heard]) },
  {
    weight: 1,
    arbitrary: fc.tuple(paid, dispute, held).map(([steps, next, last]) => [...steps, next, ...heard, last]),
  },
)

/** What happens in one history: 3 to 14 steps. */
export const histories: fc.Arbitrary<Step[]> = fc
  .tuple(beginnings, fc.array(anything, { minLength: 2, maxLength: 9, size: 'max' }))
  .map(([beginning, rest]) => [...beginning, ...rest])
