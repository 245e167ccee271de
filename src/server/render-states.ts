import { slotStates } from '#availability/slot-states'
import { initialRequestStates, requestStates } from '#requests/request-states'
import { initialSessionStates, sessionStates } from '#sessions/session-states'
import { noShowClaimStates } from '#sessions/no-show/no-show-claim-states'
import { deliveryStates } from '#notifications/delivery-states'
import {
  disputeAnswerStates,
  disputeStates,
  paymentStates,
  payoutStates,
  refundStates,
  transferStates,
} from '#payments/payment-states'
import type { Transition } from '#shared/state-table'
import type { Words } from '#shared/words'

type Row = { label: Words; terminal: boolean; to: Transitions } & Readonly<Record<string, unknown>>
type Transitions = Readonly<Record<string, Transition>>
type Machine = {
  title: string
  source: string
  states: Readonly<Record<string, Row>>
  /** The states in which it begins; left out where only our own code makes one. */
  initial?: Transitions
}

const machines: readonly Machine[] = [
  {
    title: 'Scheduled session',
    source: 'src/sessions/session-states.ts',
    states: sessionStates,
    initial: initialSessionStates,
  },
  {
    title: 'No-show claim',
    source: 'src/sessions/no-show/no-show-claim-states.ts',
    states: noShowClaimStates,
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
  { title: 'Answer to a dispute', source: 'src/payments/payment-states.ts', states: disputeAnswerStates },
  { title: 'Delivery of a message', source: 'src/notifications/delivery-states.ts', states: deliveryStates },
]

const cell = (text: string) => text.replaceAll('|', '\\|')

const rowsFrom = (from: string, transitions: Transitions): string[] =>
  Object.entries(transitions).map(
    ([to, { who, follows }]) => `| ${from} | \`${to}\` | ${who.join(', ')} | ${cell(follows)} |`,
  )

const meaningOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : ''
  // The name of an event is said as it is.
  if (typeof value === 'string') return value.includes('.') ? `\`${value}\`` : value.replaceAll('_', ' ')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([name, part]) => `${spaced(name)}: ${meaningOf(part)}`)
    .join(', ')
}

/** `waitsFor` → `waits for` */
const spaced = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** What the rows of a machine say besides the ways: one column each. */
const columnsOf = (states: Machine['states']): string[] => {
  const [first = {}] = Object.values(states)
  return Object.keys(first).filter((name) => !['label', 'terminal', 'to'].includes(name))
}

const renderMachine = ({ title, source, states, initial }: Machine): string[] => {
  const columns = columnsOf(states)
  const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [
    `## ${title}`,
    '',
    `From \`${source}\`.`,
    '',
    line(['state', 'shown as', 'at rest', ...columns.map(spaced)]),
    `|---|---|---|${columns.map(() => '---|').join('')}`,
    ...Object.entries(states).map(([name, row]) =>
      line([`\`${name}\``, row.label.en, meaningOf(row.terminal), ...columns.map((column) => meaningOf(row[column]))]),
    ),
    '',
    '| from | to | who | what follows |',
    '|---|---|---|---|',
    ...(initial ? rowsFrom('(new)', initial) : []),
    ...Object.entries(states).flatMap(([name, { to }]) => rowsFrom(`\`${name}\``, to)),
    '',
  ]
}

/** The page docs/generated/states.md. */
export const renderStates = (): string =>
  [
    '# State machines',
    '',
    '<!-- Written by `npm run generate` from the tables of states. Do not edit. -->',
    '',
    'Every state and every way from one to another. What is not listed is refused, whoever asks. "At rest" means that nothing',
    'is still to happen by itself; what the other columns mean stands beside their types in the source. Some ways depend on the clock',
    'as well (a session is completed after its end, for example): see `src/sessions/decide-session-transition.ts`.',
    '',
    ...machines.flatMap(renderMachine),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
