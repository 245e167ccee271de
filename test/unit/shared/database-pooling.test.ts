import { describe, expect, it } from 'vitest'
import { parseSettings } from '#settings'
import { directUrlOf, findPoolingFault } from '#shared/database-pooling'

const url = 'postgres://parley:x@pooler:6432/parley'
const directUrl = 'postgres://parley:x@db:5432/parley'
const pooled = { DATABASE_URL: url, DATABASE_DIRECT_URL: directUrl, DATABASE_POOLING: 'transaction' }

describe('settings of the connections that contradict themselves', () => {
  it.each([
    [
      { ...pooled, DATABASE_DIRECT_URL: '' },
      'DATABASE_POOLING=transaction needs DATABASE_DIRECT_URL: set it to PostgreSQL',
    ],
    [{ ...pooled, DATABASE_URL: undefined }, 'DATABASE_POOLING=transaction is set, but DATABASE_URL is not:'],
    [
      { ...pooled, DATABASE_POOLING: undefined },
      'DATABASE_DIRECT_URL is set, but DATABASE_POOLING is not: set DATABASE_POOLING',
    ],
    [{ ...pooled, DATABASE_POOLING: 'session' }, 'DATABASE_POOLING: "session" is not known: set it to transaction'],
    [{ ...pooled, DATABASE_DIRECT_URL: url }, 'DATABASE_DIRECT_URL is the same as DATABASE_URL:'],
    [
      { ...pooled, DATABASE_URL: `${url}?options=-c%20work_mem=1MB&statement_timeout=1` },
      'DATABASE_URL: a pooler takes no options, statement_timeout: remove it there',
    ],
  ])('%o', (env, line) => {
    expect(findPoolingFault(env)).toContain(line)
    if (env.DATABASE_POOLING !== 'session') expect(() => parseSettings(env)).toThrow(line)
  })

  it('the others are heeded', () => {
    expect(findPoolingFault({})).toBeUndefined()
    expect(findPoolingFault({ DATABASE_URL: `${url}?options=x` })).toBeUndefined()
    expect(parseSettings(pooled)).toMatchObject({
      databaseUrl: url,
      databaseDirectUrl: directUrl,
      databasePooling: 'transaction',
    })
    expect(parseSettings({ DATABASE_URL: url })).toMatchObject({ databaseDirectUrl: url, databasePooling: 'none' })
    expect([directUrlOf(pooled), directUrlOf({ DATABASE_URL: url })]).toEqual([directUrl, url])
  })
})
