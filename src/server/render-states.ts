import { slotStates } from '#availability/slot-states'
import { initialRequestStates, requestStates } from '#requests/request-states'
import { initialSessionStates, sessionStates } from '#sessions/session-states'
import { deliveryStates } from '#notifications/delivery-states'
import { disputeStates, paymentStates, payoutStates, refundStates, transferStates } from '#payments/payment-states'

type Transition = { who: readonly string[]; follows: string }
type Transitions = Readonly<Record<string, Transition>>
type Machine = {
  title: string
  source: string
  states: Readonly<Record<string, { label: string; terminal: boolean; to: Transitions }>>
  /** The states in which it begins; left out where only our own code makes one. */
  initial?: Transitions
}

/** Nobody chooses a delivery's state, so its table names the ways alone. */
const deliveries: Machine['states'] = Object.fromEntries(
  Object.entries(deliveryStates).map(([name, { label, terminal, to }]) => [
    name,
    { label, terminal, to: Object.fromEntries(to.map((next) => [next, { who: ['system'], follows: '' }])) },
  ]),
)

const machines: readonly Machine[] = [
  {
    title: 'Scheduled session',
    source: 'src/sessions/session-states.ts',
    states: sessionStates,
    initial: initialSessionStates,
  },
  {
    title: 'Consultation request',
    source: 'src/requests/request-states.ts',
    states: requestStates,
    initial: initialRequestStates,
  },
  { title: 'Availability slot', source: 'src/availability/slot-states.ts', states: slotStates },
  { title: 'Payment', source: 'src/payments/payment-states.ts', states: paymentStates },
  { title: 'Refund', source: 'src/payments/payment-states.ts', states: refundStates },
  { title: 'Payout to the consultant', source: 'src/payments/payment-states.ts', states: payoutStates },
  { title: 'Transfer or reversal', source: 'src/payments/payment-states.ts', states: transferStates },
  { title: 'Dispute', source: 'src/payments/payment-states.ts', states: disputeStates },
  { title: 'Delivery of a message', source: 'src/notifications/delivery-states.ts', states: deliveries },
]

const cell = (text: string) => text.replaceAll('|', '\\|')

const rowsFrom = (from: string, transitions: Transitions): string[] =>
  Object.entries(transitions).map(
    ([to, { who, follows }]) => `| ${from} | \`${to}\` | ${who.join(', ')} | ${cell(follows)} |`,
  )

const renderMachine = ({ title, source, states, initial }: Machine): string[] => [
  `## ${title}`,
  '',
  `From \`${source}\`.`,
  '',
  '| state | shown as | at rest |',
  '|---|---|---|',
  ...Object.entries(states).map(
    ([name, { label, terminal }]) => `| \`${name}\` | ${label} | ${terminal ? 'yes' : ''} |`,
  ),
  '',
  '| from | to | who | what follows |',
  '|---|---|---|---|',
  ...(initial ? rowsFrom('(new)', initial) : []),
  ...Object.entries(states).flatMap(([name, { to }]) => rowsFrom(`\`${name}\``, to)),
  '',
]

/** The page docs/generated/states.md. */
export const renderStates = (): string =>
  [
    '# State machines',
    '',
    '<!-- Written by `npm run generate` from the tables of states. Do not edit. -->',
    '',
    'Every state and every way from one to another. What is not listed is refused, whoever asks. "At rest" means that nothing',
    'is still to happen by itself. Some ways depend on the clock as well (a session is completed after its end, for example):',
    'see `src/sessions/decide-session-transition.ts`.',
    '',
    ...machines.flatMap(renderMachine),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
