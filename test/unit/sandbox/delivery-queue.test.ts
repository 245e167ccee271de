import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDeliveryQueue, type DeliveryRecord } from '#sandbox/shared/delivery-queue'

/** A receiver, and a queue that brings texts to it. */
const start = async (answer: (text: string) => number, retryDelays: readonly number[] = []) => {
  const received: string[] = []
  let mayAnswer = Promise.resolve()
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      received.push(text)
      void mayAnswer.then(() => response.writeHead(answer(text)).end())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  const settled: string[] = []
  const attempts: DeliveryRecord<string>[] = []
  const queue = createDeliveryQueue<string>({
    topicOf: (text) => text.split(' ')[0] ?? '',
    toRequest: (text) => ({ url, init: { body: text } }),
    isDelivered: (status) => status < 300,
    isWorthRepeating: (status) => status !== 400,
    onSettled: (text, outcome) => void settled.push(`${text}: ${outcome}`),
    onAttempt: (record) => void attempts.push(record),
    retryDelays,
    timeout: 5_000,
  })
  onTestFinished(() => {
    queue.close()
    server.close()
    server.closeAllConnections()
  })
  const pause = (): (() => void) => {
    let go = (): void => undefined
    mayAnswer = new Promise((resolve) => (go = resolve))
    return go
  }
  return { queue, received, settled, attempts, pause }
}

describe('a message', () => {
  it('comes again until it is taken, and is settled once', async () => {
    let calls = 0
    const { queue, settled, attempts } = await start(() => (++calls < 3 ? 500 : 204), [1, 1, 1])
    queue.send('a')
    await expect.poll(() => settled).toEqual(['a: delivered'])
    expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 500],
      [3, 204],
    ])
  })

  it.each([
    ['after the last try', 500, [1], 2],
    ['at once where another try is of no use', 400, [1, 1], 1],
  ])('is given up %s', async (_, status, delays, tries) => {
    const { queue, settled, received } = await start(() => status, delays)
    queue.send('a')
    await expect.poll(() => settled).toEqual(['a: failed'])
    expect(received).toHaveLength(tries)
  })

  it('that was dropped is settled and written down like any other', async () => {
    const { queue, settled, attempts, received } = await start(() => 200)
    queue.addFault({ kind: 'drop', topic: 'a' })
    queue.send('a')
    expect([settled, attempts.map(({ outcome }) => outcome), received]).toEqual([['a: dropped'], ['dropped'], []])
  })

  it('that is sent again is not what a fault waits for', async () => {
    const { queue, received, settled } = await start(() => 200)
    queue.addFault({ kind: 'drop' })
    queue.sendAgain('a')
    await queue.idle()
    expect(received).toEqual(['a'])
    queue.send('b')
    await queue.idle()
    expect(settled).toEqual(['a: delivered', 'b: dropped'])
  })
})

describe('giving everything up', () => {
  it('forgets what waits, what is held back, and what is on its way', async () => {
    const { queue, received, settled, attempts, pause } = await start(() => 500, [5])
    const go = pause()
    queue.send('on its way')
    await expect.poll(() => received).toEqual(['on its way'])
    queue.hold()
    queue.send('held')
    queue.clear()
    expect(queue.heldCount()).toBe(0)
    go()
    await queue.idle()
    queue.send('new')
    await expect.poll(() => settled).toEqual(['new: failed'])
    expect(attempts.map(({ message }) => message)).toEqual(['new', 'new'])
    expect(received).toEqual(['on its way', 'new', 'new'])
  })
})
