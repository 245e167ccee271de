import type { Payload } from 'payload'
import { describe, expect, it } from 'vitest'
import { workerLogger } from '#worker/worker-logger'

const levelOf = (message: string, meta: Record<string, unknown>): string[] => {
  const said: string[] = []
  const log = (level: string) => () => said.push(level)
  const logger = { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') }
  workerLogger({ logger } as unknown as Payload).error(message, meta)
  return said
}

const ended = Object.assign(new Error('terminating connection'), { severity: 'FATAL', code: '57P01' })
const job = { id: '1', task_identifier: 'sweep', max_attempts: 2 }

describe('a fault that the queue tells of', () => {
  it.each([
    ['a lost database', 'Error occurred attempting to UNLISTEN', { error: ended }, 'warn'],
    ['a new try to listen', 'Error with notify listener (trying again in 9ms): no', { error: new Error('no') }, 'warn'],
    ['a job that is tried again', 'Failed task', { error: new Error('no'), job: { ...job, attempts: 1 } }, 'warn'],
    ['a job that gave up', 'Failed task', { error: new Error('no'), job: { ...job, attempts: 2 } }, 'error'],
    ['anything else', 'Failed to get job', { error: new Error('no') }, 'error'],
  ])('%s', (_, message, meta, level) => {
    expect(levelOf(message, meta)).toEqual([level])
  })
})
