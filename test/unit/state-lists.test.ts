import { glob, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { slotStates } from '#availability/slot-states'
import { requestStates } from '#requests/request-states'
import { noShowClaimStates } from '#sessions/no-show/no-show-claim-states'
import { sessionStates } from '#sessions/session-states'
import { calendarEventStates, differenceStates } from '#calendar/entries/event-states'
import { connectionStates } from '#calendar/connections/connection-states'
import { deliveryStates } from '#notifications/delivery-states'
import { disputeStates, paymentStates, payoutStates, refundStates, transferStates } from '#payments/payment-states'
import { payoutAccountStates } from '#payments/account/payout-account-states'
import { inboxStates } from '#shared/inbox-states'

const tables: readonly object[] = [
  sessionStates,
  requestStates,
  slotStates,
  paymentStates,
  refundStates,
  payoutStates,
  transferStates,
  disputeStates,
  payoutAccountStates,
  deliveryStates,
  inboxStates,
  connectionStates,
  calendarEventStates,
  differenceStates,
  noShowClaimStates,
]
const machines = tables.map((table) => new Set(Object.keys(table)))

/** What is no list of our states, although it looks like one. */
const allowed: Readonly<Record<string, string>> = {
  "src/payments/stripe/balance-transactions.ts: source.status === 'succeeded' || source.status === 'failed'":
    "Stripe's words",
}

const isListOfStates = (names: string[]): boolean =>
  new Set(names).size > 1 && machines.some((machine) => names.every((name) => machine.has(name)))

const namesIn = (text: string): string[] => [...text.matchAll(/'([a-z_]+)'/g)].map(([, name]) => name ?? '')

/** `['a', 'b']`, `IN ('a', 'b')`, and `x === 'a' || x === 'b'` (or `!==` and `&&`). */
const forms = [
  /\[\s*(?:'[a-z_]+'\s*,\s*)+'[a-z_]+'\s*,?\s*\]/g,
  /\(\s*(?:'[a-z_]+'\s*,\s*)+'[a-z_]+'\s*\)/g,
  /([\w.?]+) === '[a-z_]+'(?:\s*\|\| \1 === '[a-z_]+')+/g,
  /([\w.?]+) !== '[a-z_]+'(?:\s*&& \1 !== '[a-z_]+')+/g,
]

const listsIn = (text: string): string[] =>
  forms
    .flatMap((form) => [...text.matchAll(form)].map(([list]) => list))
    .filter((list) => isListOfStates(namesIn(list)))
    .map((list) => list.replaceAll(/\s+/g, ' '))

it.each([
  `const waiting = ['pending_payment', 'pending_confirmation']`,
  `const paid = [\n  'succeeded',\n  'partially_refunded',\n] satisfies PaymentState[]`,
  `sql\`SELECT id FROM disputes WHERE status IN ('inquiry', 'needs_response')\``,
  `if (session.status === 'scheduled' || session.status === 'in_progress') join()`,
  `if (status !== 'held' && status !== 'expired') return`,
])('a list is seen as one: %s', (text) => {
  expect(listsIn(text)).toHaveLength(1)
})

it('lists of states stand beside their tables and nowhere else', async () => {
  const found: string[] = []
  for await (const file of glob('{src,hooks,endpoints,collections,bench}/**/*.{ts,tsx}')) {
    // The sandboxes speak as their providers do, migrations stay as they ran, and the seeds' words are mapped one by one.
    if (/^src\/(sandbox|database\/migrations)\/|-states\.ts$|seeds-map\.ts$/.test(file)) continue
    found.push(...listsIn(await readFile(file, 'utf8')).map((list) => `${file}: ${list}`))
  }
  expect(found.filter((list) => !(list in allowed)).sort()).toEqual([])
  expect(Object.keys(allowed).filter((list) => !found.includes(list))).toEqual([])
})
