import { parseArgs } from 'node:util'
import { describeMachine, formatMeasured } from './format'
import { compare, type Load } from './load'
import { startWeb } from './processes'

/**
 * How much longer searches and lists take on a large database than on a small one, both filled by `bench/scale-fill.ts` (`--consultants=12
 * --sessions=1000` for the small one), in turn and within one run: `node --import tsx bench/scale-find.ts --small=postgres://… --large=postgres://…`.
 */
const { values } = parseArgs({
  options: {
    small: { type: 'string' },
    large: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    email: { type: 'string', default: 'scale@parley.example' },
    password: { type: 'string', default: 'a-long-enough-password-for-scale' },
  },
})
if (!values.small || !values.large) throw new Error('--small and --large are missing: addresses of two databases.')

const say = (text: string) => console.log(text)
const inDays = (days: number) =>
  new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + days * 86_400_000).toISOString()

const searches = {
  search: '/api/booking/consultants',
  'search, an afternoon': `/api/booking/consultants?availableFrom=${inDays(4)}&availableTo=${inDays(4.2)}`,
  'search, 30 days': `/api/booking/consultants?availableFrom=${inDays(1)}&availableTo=${inDays(31)}`,
  'search, availableFrom alone': `/api/booking/consultants?availableFrom=${inDays(7)}`,
  'search, next available first': '/api/booking/consultants?sort=next_available',
  'search, of one service': `/api/booking/consultants?serviceType=scale-call&availableFrom=${inDays(1)}&availableTo=${inDays(31)}`,
}

/** As the admin asks for them; the second page count is that of the large database's middle, or the small one's. */
const listsOf = (deepPage: number) => ({
  sessions: '/api/scheduled-sessions?limit=10&depth=0',
  'sessions, a deep page': `/api/scheduled-sessions?limit=10&depth=0&page=${deepPage}`,
  'sessions of a state': '/api/scheduled-sessions?limit=10&depth=0&where[status][equals]=completed',
  slots: '/api/availability-slots?limit=10&depth=0',
  customers: '/api/customers?limit=10&depth=0',
  payments: '/api/payments?limit=10&depth=0',
  notifications: '/api/notifications?limit=10&depth=0',
  'ledger entries': '/api/ledger-entries?limit=10&depth=0',
})

const tokenOf = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/api/users/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: values.email, password: values.password }),
  })
  const { token } = (await answer.json()) as { token?: string }
  if (!token) throw new Error(`Nobody is ${values.email} there: ${answer.status}`)
  return token
}

const loadsOf = async (database: string, deepPage: number) => {
  const web = await startWeb(database)
  const headers = { authorization: `JWT ${await tokenOf(web.url)}` }
  const loads = Object.entries({ ...searches, ...listsOf(deepPage) }).map(
    ([name, path]): [string, Load & { url: string }] => [name, { url: web.url, path, headers }],
  )
  return { web, loads: new Map(loads) }
}

const large = await loadsOf(values.large, 50_000)
const small = await loadsOf(values.small, 50)
try {
  const timing = { rounds: Number(values.rounds), seconds: Number(values.seconds) }
  say(`Machine: ${describeMachine()}; median of ${timing.rounds} × ${timing.seconds} s\n`)
  for (const [name, load] of large.loads) {
    const other = small.loads.get(name)
    if (!other) continue
    const results = await compare({ small: other, large: load }, timing)
    say(`${name}: p95 large / small ${(results.large.p95 / results.small.p95).toFixed(2)}`)
    for (const [which, measured] of Object.entries(results)) say(`  ${which.padEnd(8)} ${formatMeasured(measured)}`)
  }
} finally {
  await large.web.stop()
  await small.web.stop()
}
process.exit(0)
