import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { explainDatabaseError, isSlotTaken, isWorthRunningAgain } from '#database/explain-database-error'
import { OutcomeUnknown } from '#database/lost-connection'
import { safePg } from '#database/safe-pg'
import { findFreePort } from '../../support/free-port'

const said = (code: string, severity = 'ERROR') => {
  const error = new pg.DatabaseError('what PostgreSQL says', 20, 'error')
  Object.assign(error, { code, severity })
  return new Error('Failed query: …', { cause: error })
}

const seen = (error: unknown) => {
  const refusal = explainDatabaseError(error)
  return refusal && [refusal.code, refusal.status, refusal.retryAfter]
}

describe('what PostgreSQL says in a statement', () => {
  it.each([
    ['57P01', 'shuts down', 5],
    ['57P02', 'another connection has crashed', 5],
    ['57P03', 'starts', 5],
    ['57P04', 'the database was dropped', 5],
    ['57P05', 'the connection was idle for too long', 5],
    ['57014', 'took too long', 2],
    ['25P03', 'the transaction was idle for too long', 2],
    ['25P04', 'the transaction took too long', 2],
    ['08006', 'connection failure', 5],
    ['08003', 'no connection', 5],
    ['53000', 'no resources', 10],
    ['53100', 'disk full', 60],
    ['53200', 'no memory', 10],
    ['53300', 'too many connections', 10],
    ['53400', 'limit of the configuration', 10],
    ['25006', 'a standby takes no changes', 5],
    ['58000', 'system error', 60],
    ['58030', 'input or output failed', 60],
    ['40001', 'serialization failure', 1],
    ['40P01', 'deadlock', 1],
    ['55P03', 'lock not available', 1],
    ['72000', 'snapshot too old', 1],
  ])('%s (%s): it cannot serve, and may soon', (code, _what, retryAfter) => {
    expect(seen(said(code))).toEqual(['unavailable', 503, retryAfter])
    expect(seen(said(code, 'FATAL'))).toEqual(['unavailable', 503, retryAfter])
  })

  it.each(['08007', '40003'])('%s: nobody knows whether it was done, so nobody is told to repeat it', (code) => {
    expect(seen(said(code))).toEqual(['unavailable', 503, undefined])
  })

  it.each([
    ['23P01', 'slot_taken', 409],
    ['23505', 'conflict', 409],
    ['23503', 'conflict', 409],
    ['23502', 'invalid_request', 400],
    ['23514', 'invalid_request', 400],
    ['22P02', 'invalid_request', 400],
    ['22021', 'invalid_request', 400],
  ])('%s is a refusal', (code, refusal, status) => {
    expect(seen(said(code))).toEqual([refusal, status, undefined])
  })

  it.each([
    ['55000', 'an object is not in the state for it'],
    ['08P01', 'a message of ours makes no sense'],
    ['42P01', 'no such table'],
    ['42501', 'no right to the table'],
    ['25P02', 'the transaction has failed before'],
    ['XX000', 'internal error'],
    ['XX001', 'data are damaged'],
    ['P0001', 'an exception without a code'],
  ])('%s (%s) is our own fault, unless it ended the connection', (code) => {
    expect(seen(said(code))).toBeUndefined()
    expect(seen(said(code, 'FATAL'))).toEqual(['unavailable', 503, 5])
    expect(seen(said(code, 'PANIC'))).toEqual(['unavailable', 503, 5])
  })
})

describe('what the driver says of a connection that ended', () => {
  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
  ])('%s', (message) => {
    expect(seen(new Error('Failed query: …', { cause: new Error(message) }))).toEqual(['unavailable', 503, 5])
  })
})

describe('a connection lost during COMMIT', () => {
  it('leaves the outcome open, whatever was said', () => {
    for (const cause of [
      said('57P01', 'FATAL'),
      said('40001', 'FATAL'),
      new Error('Connection terminated unexpectedly'),
    ]) {
      expect(seen(new OutcomeUnknown(cause))).toEqual(['unavailable', 503, undefined])
      expect(isWorthRunningAgain(new OutcomeUnknown(cause))).toBe(false)
    }
  })
})

describe('what decides on errors of the database', () => {
  it('asks the same table', () => {
    expect(['40001', '40P01', '55P03', '23505', '57P01'].filter((code) => isWorthRunningAgain(said(code)))).toEqual([
      '40001',
      '40P01',
    ])
    expect(['23P01', '23505'].filter((code) => isSlotTaken(said(code)))).toEqual(['23P01'])
  })
})

describe('an error that is not of the database', () => {
  it.each([
    ['of another server', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    ['of a pipe, with five letters', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })],
    ['of our own', new TypeError('undefined is not a function')],
    ['that is none', 'nonsense'],
  ])('%s is not explained', (_whose, error) => {
    expect(seen(error)).toBeUndefined()
    expect(seen(new Error('outer', { cause: error }))).toBeUndefined()
  })

  it('and that is its own cause comes to an end', () => {
    const error = new Error('round')
    error.cause = error
    expect(seen(error)).toBeUndefined()
  })
})

describe('a new connection', () => {
  const servers: Server[] = []
  afterAll(() => servers.forEach((server) => server.close()))

  /** A server that answers whoever connects with these bytes, or closes at once. */
  const listen = async (answer: Buffer | undefined): Promise<number> => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      if (answer) socket.once('data', () => socket.end(answer))
      else socket.resetAndDestroy()
    })
    servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  /** PostgreSQL's message of an error, in the language of a server that calls FATAL otherwise. */
  const refusal = (code: string): Buffer => {
    const fields = Buffer.from(`SВАЖНО\0C${code}\0Mсообщение\0\0`)
    const head = Buffer.alloc(5)
    head.write('E')
    head.writeInt32BE(fields.length + 4, 1)
    return Buffer.concat([head, fields])
  }

  const connectTo = async (url: string): Promise<unknown> => {
    const pool = new safePg.Pool({ connectionString: url, connectionTimeoutMillis: 1_000 })
    const errors = await Promise.all([
      pool.connect().catch((error: unknown) => error),
      pool.query('SELECT 1').catch((error: unknown) => error),
    ])
    await pool.end()
    expect(errors.map((error) => seen(error))).toEqual([seen(errors[0]), seen(errors[0])])
    return errors[0]
  }

  it.each([
    ['55000', 'not currently accepting connections', 5],
    ['57P03', 'starting up', 5],
    ['53300', 'too many connections', 5],
    ['08P01', 'a pooler has no place', 5],
    ['XX000', 'internal error', 5],
    ['28P01', 'wrong password', 60],
    ['28000', 'no such user', 60],
    ['3D000', 'no such database', 60],
    ['42501', 'no right to connect', 60],
    ['F0000', 'configuration cannot be read', 60],
  ])('that is refused with %s (%s) is a database that cannot be reached', async (code, _what, retryAfter) => {
    const port = await listen(refusal(code))
    expect(seen(await connectTo(`postgres://x:y@127.0.0.1:${port}/z`))).toEqual(['unavailable', 503, retryAfter])
  })

  it.each([
    ['53300', 'All connections of the database are in use.'],
    ['53100', 'The disk of the database is full'],
    ['57P03', 'The database cannot be reached.'],
  ])('that is refused with %s says: %s', async (code, words) => {
    const port = await listen(refusal(code))
    expect(explainDatabaseError(await connectTo(`postgres://x:y@127.0.0.1:${port}/z`))?.message).toContain(words)
  })

  it('that is reset, refused at each of several addresses, or to a name that nobody knows, is so as well', async () => {
    const closed = await findFreePort()
    for (const url of [
      `postgres://x:y@127.0.0.1:${await listen(undefined)}/z`,
      `postgres://x:y@127.0.0.1:${closed}/z`,
      `postgres://x:y@localhost:${closed}/z`,
      'postgres://x:y@nowhere.invalid/z',
      'postgres:///z?host=/nowhere',
    ]) {
      expect(seen(await connectTo(url)), url).toEqual(['unavailable', 503, 5])
    }
  })
})
