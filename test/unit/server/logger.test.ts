import { APIError, AuthenticationError, Forbidden, LockedAuth, NotFound, ValidationError } from 'payload'
import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createLogger } from '#server/logger'
import { DomainError } from '#shared/errors'
import { runOperation } from '#shared/operation'
import { parseLogLine } from '../../support/parse-log-line'

const linesOf = (write: (logger: ReturnType<typeof createLogger>) => void) => {
  const lines: string[] = []
  write(createLogger({ write: (line) => void lines.push(line) }, 'trace'))
  return lines.map(parseLogLine)
}

const unique = Object.assign(new Error('duplicate key'), { code: '23505', severity: 'ERROR' })
const away = Object.assign(new Error('terminating connection'), { code: '57P01', severity: 'FATAL' })

describe('a line of the log', () => {
  it.each([
    ['an object and a text', ['info', { a: 1, msg: 'x' }, 'y'], { a: 1, msg: 'x: y' }],
    ['an object and the same text', ['info', { msg: 'x' }, 'x'], { msg: 'x' }],
    ['an object alone', ['warn', { a: 1 }], { a: 1, msg: '' }],
    ['a text with values', ['info', 'took %d ms', 5], { msg: 'took 5 ms' }],
    ['an error and a text', ['error', { err: new Error('why'), msg: 'what' }], { msg: 'what' }],
    ['an error and a text behind it', ['error', { err: new Error('why') }, 'what'], { msg: 'what' }],
    ['an error alone', ['error', new Error('why')], { msg: 'why' }],
    [
      'what every line has',
      ['info', { level: 'x', time: 1, pid: 2, process: 3 }, 'y'],
      { level: 'info', given_level: 'x' },
    ],
    ['a secret in a text', ['error', 'no login for jo@company.example'], { msg: 'no login for …@…' }],
  ] as const)('has each key once: %s', (_, [level, ...args], expected) => {
    const [line] = linesOf((logger) => Reflect.apply(logger[level], logger, args))
    expect(line).toMatchObject({ level, pid: process.pid, process: expect.any(String), ...expected })
    expect(Date.parse(String(line?.time))).toBeGreaterThan(0)
  })

  it('has each key once where a child gives the same', () => {
    const [line] = linesOf((logger) => logger.child({ requestId: 'a', part: 'b' }).info({ part: 'c', pid: 1 }, 'x'))
    expect(line).toMatchObject({ requestId: 'a', part: 'b', given_part: 'c', given_pid: 1, pid: process.pid })
  })

  it('says to which request and operation it belongs', () => {
    const lines = linesOf((logger) =>
      runOperation({ name: 'GET /x', requestId: 'r1' }, () => {
        logger.info('a')
        logger.warn({ requestId: 'r2' }, 'b')
      }),
    )
    expect(lines).toMatchObject([{ requestId: 'r1' }, { requestId: 'r2', operation: 'GET /x' }])
    expect(lines[0]).not.toHaveProperty('operation')
  })
})

describe('what Payload logs as an error', () => {
  it.each([
    ['a wrong password', new AuthenticationError(), 'info', 'wrong_login'],
    ['a locked login', new LockedAuth(), 'info', 'login_locked'],
    ['what somebody may not do', new Forbidden(), 'info', 'forbidden'],
    ['what is not there', new NotFound(), 'info', 'not_found'],
    [
      'a field that is wrong',
      new ValidationError({ errors: [{ path: 'a', message: 'b' }] }),
      'info',
      'invalid_request',
    ],
    ['a refusal of a handler', new APIError('no', 418), 'info', 'status_418'],
    ['a refusal of ours', new DomainError('slot_taken', 'taken'), 'info', 'slot_taken'],
    ['a refusal within GraphQL', new GraphQLError('x', { originalError: new Forbidden() }), 'info', 'forbidden'],
    ['a query that is none', new GraphQLError('Cannot query field'), 'info', 'invalid_query'],
    ['a value that is there already', new Error('Failed query', { cause: unique }), 'info', 'conflict'],
    ['a database that is away', new Error('Failed query', { cause: away }), 'warn', 'unavailable'],
    ['a provider that is away', new DomainError('provider_failed', 'away'), 'warn', 'provider_failed'],
    ['a handler that fails', new APIError('broken', 500), 'error', undefined],
    ['a fault of ours', new TypeError('undefined'), 'error', undefined],
    ['a fault within GraphQL', new GraphQLError('x', { originalError: new TypeError('y') }), 'error', undefined],
  ])('%s', (_, err, level, refused) => {
    const [line] = linesOf((logger) => logger.error({ err }))
    expect({ level: line?.level, refused: line?.refused }).toEqual({ level, refused })
    if (level === 'info') expect(line).not.toHaveProperty('err')
  })

  it('is an error where somebody says what it broke', () => {
    const [line] = linesOf((logger) =>
      logger.error({ err: new DomainError('conflict', 'x'), msg: 'A callback failed' }),
    )
    expect(line).toMatchObject({ level: 'error', msg: 'A callback failed', err: { message: 'x' } })
  })
})
