/** Whether `DATABASE_URL` leads to PostgreSQL itself, or to a pooler that gives a session of PostgreSQL to one transaction after the other. */
export const databasePoolings = ['none', 'transaction', 'transaction-prepared'] as const

export type DatabasePooling = (typeof databasePoolings)[number]

/** How long PostgreSQL lets a statement run, and a transaction idle; milliseconds. Behind a pooler they stand there, or at the role. */
export const usualTimeouts = { statement_timeout: 15_000, idle_in_transaction_session_timeout: 30_000 } as const

type Names = 'DATABASE_URL' | 'DATABASE_DIRECT_URL' | 'DATABASE_POOLING'

/** What the driver makes startup parameters of: a pooler shares its sessions, so it refuses them. */
const startupParameters = ['options', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']

const isKnown = (pooling: string): pooling is DatabasePooling => databasePoolings.some((one) => one === pooling)

const parametersOf = (url: string): string[] =>
  URL.canParse(url) ? [...new URL(url).searchParams.keys()].filter((name) => startupParameters.includes(name)) : []

/** What contradicts itself in the settings of the database's connections, in one line that says what to change; undefined when nothing does. */
export const findPoolingFault = (env: Partial<Record<Names, string | undefined>>): string | undefined => {
  const url = env.DATABASE_URL?.trim()
  const directUrl = env.DATABASE_DIRECT_URL?.trim()
  const pooling = env.DATABASE_POOLING?.trim() || 'none'
  if (!isKnown(pooling)) {
    return `DATABASE_POOLING: "${pooling}" is not known: set it to transaction where DATABASE_URL leads to a pooler in transaction mode, or remove it.`
  }
  if (pooling === 'none') {
    return directUrl
      ? 'DATABASE_DIRECT_URL is set, but DATABASE_POOLING is not: set DATABASE_POOLING=transaction if DATABASE_URL leads to a pooler; otherwise remove DATABASE_DIRECT_URL.'
      : undefined
  }
  if (!url) return `DATABASE_POOLING=${pooling} is set, but DATABASE_URL is not: set DATABASE_URL to the pooler.`
  if (!directUrl) {
    return `DATABASE_POOLING=${pooling} needs DATABASE_DIRECT_URL: set it to PostgreSQL itself, past the pooler. Migrations and LISTEN need a session of their own.`
  }
  if (url === directUrl) {
    return 'DATABASE_DIRECT_URL is the same as DATABASE_URL: set it to PostgreSQL itself, past the pooler.'
  }
  const parameters = parametersOf(url)
  return parameters.length
    ? `DATABASE_URL: a pooler takes no ${parameters.join(', ')}: remove it there, and set it for the role or in the pooler.`
    : undefined
}

/** Where what needs a session of its own connects to: PostgreSQL itself. */
export const directUrlOf = (env: Partial<Record<Names, string | undefined>>): string | undefined =>
  env.DATABASE_DIRECT_URL?.trim() || env.DATABASE_URL
