import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { traceStatements } from '#observability/trace-statements'
import { markPayload, readMark, setTracer, type SpanOptions, traceOpenWork, traceWork } from '#observability/traces'

type Ended = SpanOptions & { id: string; fault?: string | undefined }
type Callback = (error: Error | null, rows?: string) => void

let ended: Ended[]

beforeEach(() => {
  ended = []
  let count = 0
  setTracer({
    start: (options) => {
      const id = `span ${++count}`
      return { traceparent: id, end: ({ fault } = {}) => void ended.push({ ...options, id, fault }) }
    },
    close: async () => undefined,
  })
})

afterEach(() => setTracer(undefined))

type FakeClient = { query: (text: string, then?: Callback) => unknown }

/** A pool of one connection, whose next user is called by the one who gives it back. */
const fakePool = () => {
  let listener: (client: FakeClient) => void = () => undefined
  const waiting: ((given: unknown) => void)[] = []
  const client = (): FakeClient => ({
    query: (text, then) => {
      const error = text === 'wrong' ? Object.assign(new Error('no'), { code: '42601' }) : null
      if (then) return then(error, 'rows')
      return error ? Promise.reject(error) : Promise.resolve('rows')
    },
  })
  return {
    on: (_event: 'connect', listen: typeof listener) => (listener = listen),
    connect: (then: (given: unknown) => void) => void waiting.push(then),
    open: () => {
      const opened = client()
      listener(opened)
      return opened
    },
    giveBack: () => waiting.shift()?.('connection'),
  }
}

const work = (name: string): SpanOptions => ({ name, kind: 'server' })

describe('a statement', () => {
  it('is a part of what is being done, and ends as the statement does', async () => {
    const pool = fakePool()
    traceStatements(pool)
    const client = pool.open()
    await traceWork(work('request'), async () => {
      expect(await client.query('select 1 from users')).toBe('rows')
      await expect(client.query('wrong')).rejects.toThrow('no')
      client.query('commit', () => undefined)
      client.query('wrong', (error) => expect(error?.message).toBe('no'))
    })
    expect(ended.map(({ name, parent, fault }) => [name, parent, fault])).toEqual([
      ['SELECT users', 'span 1', undefined],
      ['statement', 'span 1', '42601'],
      ['COMMIT', 'span 1', undefined],
      ['statement', 'span 1', '42601'],
      ['request', undefined, undefined],
    ])
  })

  it('of nobody is no span', async () => {
    const pool = fakePool()
    traceStatements(pool)
    expect(await pool.open().query('select 1')).toBe('rows')
    expect(ended).toEqual([])
  })

  it('belongs to who waited for the connection, not to who gave it back', async () => {
    const pool = fakePool()
    traceStatements(pool)
    const client = pool.open()
    await traceWork(work('waits'), async () => pool.connect(() => void client.query('begin', () => undefined)))
    await traceWork(work('gives back'), async () => pool.giveBack())
    expect(ended.find(({ name }) => name === 'BEGIN')?.parent).toBe('span 1')
  })
})

describe('work', () => {
  it('that fails says with what, and is thrown on', async () => {
    const failing = traceWork(work('job'), async () => {
      throw new RangeError('a secret')
    })
    await expect(failing).rejects.toThrow('a secret')
    expect(ended).toMatchObject([{ name: 'job', fault: 'RangeError' }])
    expect(JSON.stringify(ended)).not.toContain('a secret')
  })

  it('is done all the same where nothing is traced', async () => {
    setTracer(undefined)
    let isDone = false
    await traceWork(work('job'), async () => void (isDone = true))
    expect(isDone).toBe(true)
    expect(traceOpenWork(work('request'), (span) => span)).toBeUndefined()
  })
})

describe('a job', () => {
  it('carries where it comes from, which is taken out again', async () => {
    await traceWork(work('request'), async () => {
      const marked = markPayload({ sessionId: 'a' })
      expect(marked).toEqual({ sessionId: 'a', traceparent: 'span 1' })
      expect(readMark(marked)).toEqual({ link: 'span 1', payload: { sessionId: 'a' } })
    })
  })

  it('is as it was where nothing is traced', () => {
    setTracer(undefined)
    const payload = { sessionId: 'a' }
    expect(markPayload(payload)).toBe(payload)
    expect(readMark(payload)).toEqual({ link: undefined, payload })
  })
})
