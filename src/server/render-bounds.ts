import { accountLinkPurposes } from '#accounts/links/account-link-kinds'
import { loginGuards } from '#access/login-guards'
import { queryBounds, type ReaderKind } from '#access/query-bounds'
import { mediaQuota, preferenceQuota, versionQuota } from '#access/quotas'
import { type LimitName, limits } from '#access/rate-limits'
import { maxBodyBytes } from '#endpoints/support/define-endpoint'
import { unconfirmedLimits } from '#notifications/deliver/may-send-to'
import { usualTimeouts } from '#shared/database-pooling'
import { documentBounds } from './find-document-fault'
import { graphqlBounds } from './graphql-limits'
import { bodyBytes } from './read-body'
import { connectionBounds } from './slow-clients'

/** What each limit counts. */
const counted: Readonly<Record<LimitName, string>> = {
  browse: 'Reading what everybody may: experts, services, free times',
  holds: 'Holds of times',
  book: 'Bookings and requests',
  recipient: 'Bookings and requests for one e-mail address, whoever sends them but staff',
  change: 'Changes of sessions, requests, payments, calendars',
  guess: 'Wrong tokens and unknown references',
  login: 'Logins, and whatever else takes a password',
  mail: 'Mails that anybody can cause: registration, forgotten passwords',
  records: 'Reading records over REST and GraphQL, in points of what it costs',
  recordChanges: 'Records created, changed and deleted there',
  uploads: 'Files of logins that are not staff',
  uploadedKilobytes: 'Kilobytes of these',
  added: 'What an installation or a plugin adds and does not limit itself',
}

const readers: Readonly<Record<ReaderKind, string>> = {
  nobody: 'Nobody',
  login: 'Customers and consultants',
  staff: 'Staff',
}

const number = (value: number): string => value.toLocaleString('en')

const span = (seconds: number): string => {
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const
  const [size, unit] = units.find(([each]) => seconds % each === 0) ?? [1, 'second']
  const count = seconds / size
  return count === 1 ? `1 ${unit}` : `${number(count)} ${unit}s`
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---|').join('')}`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  '',
]

const entries = <Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] =>
  // Object.entries gives string; the keys of these tables are exactly their names.
  Object.entries(record) as [Key, Value][]

/** The page docs/generated/bounds.md. */
export const renderBounds = (): string =>
  [
    '# What is bounded',
    '',
    '<!-- Written by `npm run generate` from the tables that are enforced. Do not edit. -->',
    '',
    'Why each is there stands in [security.md](../security.md#what-is-bounded).',
    '',
    '## Requests',
    '',
    'Of one caller (a login, else a network: one IPv4 address, or a /64 of IPv6), over all web processes together, times `RATE_LIMIT_FACTOR`; enforced by `src/access/rate-limits.ts`. What is over is answered 429 with `Retry-After`.',
    '',
    ...table(
      ['limit', 'what it counts', 'most', 'within'],
      entries(limits).map(([name, { points, seconds }]) => [
        `\`${name}\``,
        counted[name],
        number(points),
        span(seconds),
      ]),
    ),
    '## Logins',
    '',
    'Failed ones of one account, whatever `RATE_LIMIT_FACTOR` is; `src/access/login-guards.ts`.',
    '',
    ...table(
      ['whose', 'most', 'within'],
      [
        [
          'of one network, or one browser that was logged in before',
          number(loginGuards.own.most),
          span(loginGuards.own.seconds),
        ],
        ['of all browsers together that were not', number(loginGuards.unknown.most), span(loginGuards.unknown.seconds)],
      ],
    ),
    '## Mails',
    '',
    'To an address that nobody has confirmed (`src/notifications/deliver/may-send-to.ts`), and links about logins (`src/accounts/links/account-link-kinds.ts`).',
    '',
    ...table(
      ['what', 'most', 'works for'],
      [
        [
          'Messages to one inbox that is not confirmed',
          `${unconfirmedLimits.perHour} an hour, ${unconfirmedLimits.perDay} a day`,
          '',
        ],
        ...entries(accountLinkPurposes).map(([purpose, { mostPerHour, validMinutes }]) => [
          `Links to \`${purpose}\`, to one address`,
          mostPerHour === null ? 'staff ask for them' : `${mostPerHour} an hour`,
          span(validMinutes * 60),
        ]),
      ],
    ),
    '## Questions to the generated API',
    '',
    'Of one request, by who asks (`src/access/query-bounds.ts`). Costs are about milliseconds with 5,000 records in each table.',
    '',
    ...table(
      [
        'who',
        'cost of one request',
        'one point of `records` is',
        'a statement takes',
        'connections',
        'at once, of one caller',
        'at once, of all in a process',
      ],
      entries<ReaderKind, (typeof queryBounds)[ReaderKind]>(queryBounds).map(([kind, bounds]) => [
        readers[kind],
        number(bounds.cost),
        number(bounds.costOfPoint),
        span((bounds.statementMs ?? usualTimeouts.statement_timeout) / 1_000),
        bounds.connections === undefined ? 'all' : `${bounds.connections * 100} %`,
        number(bounds.alone),
        number(bounds.together),
      ]),
    ),
    'A document of GraphQL, beside that:',
    '',
    ...table(
      ['what', 'most'],
      [
        ['depth', number(graphqlBounds.depth)],
        ['aliases', number(graphqlBounds.aliases)],
        ['complexity', number(graphqlBounds.complexity)],
        ['fields, with those of fragments', number(documentBounds.selections)],
        ['words and signs', number(documentBounds.tokens)],
      ],
    ),
    '## Sizes, time and room',
    '',
    ...table(
      ['what', 'bound', 'where'],
      [
        ['Body of one of our operations', `${maxBodyBytes / 1_024} KiB`, '`endpoints/support/define-endpoint.ts`'],
        ['Any other body', `${bodyBytes.json / 1_000_000} MB`, '`src/server/read-body.ts`'],
        ['A file, from somebody who shows a login', `${bodyBytes.upload / 1_000_000} MB`, '`src/server/read-body.ts`'],
        ['Connections of a web process', number(connectionBounds.most), '`src/server/slow-clients.ts`'],
        [
          'Bytes a second of a body, after `SLOW_CLIENT_SECONDS`',
          `${number(connectionBounds.leastBytesPerSecond)} at least`,
          '`src/server/slow-clients.ts`',
        ],
        [
          'A statement of PostgreSQL',
          span(usualTimeouts.statement_timeout / 1_000),
          '`src/shared/database-pooling.ts`',
        ],
        [
          'A transaction that does nothing',
          span(usualTimeouts.idle_in_transaction_session_timeout / 1_000),
          '`src/shared/database-pooling.ts`',
        ],
        [
          'Files of one login that is not staff',
          `${mediaQuota.files}, ${mediaQuota.bytes / 1_000_000} MB`,
          '`src/access/quotas.ts`',
        ],
        [
          'What the admin remembers for one login',
          `${preferenceQuota.records} records of ${number(preferenceQuota.bytes)} bytes`,
          '`src/access/quotas.ts`',
        ],
        ['Versions of one record', number(versionQuota.ofRecord), '`src/access/quotas.ts`'],
      ],
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
