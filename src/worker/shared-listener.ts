import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'

/** News of jobs are passed on at most so often: each of them lets a lane look into the queue, whatever lane the job is for. */
const pauseMs = 200

type Connected = Parameters<pg.Pool['connect']>[0]

/** Calls `run` at once, and after that at most once in a pause, but always once more after the last call. */
const calmed = (run: () => void): (() => void) => {
  let pausing = false
  let isCalled = false
  const call = () => {
    if (pausing) {
      isCalled = true
      return
    }
    run()
    pausing = true
    setTimeout(() => {
      pausing = false
      const isAgain = isCalled
      isCalled = false
      if (isAgain) call()
    }, pauseMs).unref()
  }
  return call
}

/** What the queue asks of the connection that it listens on; the news come from that of the first lane. */
class Follower extends EventEmitter {
  query(): Promise<void> {
    return Promise.resolve()
  }
}

/**
 * Lets several runners of the queue hear of new jobs over one connection. The first, with `leadingPool`, listens on one of `listener`, which is
 * `pool` itself or leads past a pooler; the pools that `followingPool` gives hand out connections of `pool`, but to whoever wants to listen (it
 * takes its connection by a callback) one that passes the news on. While the first has none, the others find their jobs by looking from time to time.
 */
export const shareListener = (
  { pool, listener }: { pool: pg.Pool; listener: pg.Pool },
  events: WorkerEvents,
): { leadingPool: () => pg.Pool; followingPool: () => pg.Pool } => {
  const followers = new Set<unknown>()
  const tell = new EventEmitter()
  tell.setMaxListeners(0)
  events.on('pool:listen:success', ({ client }) => {
    if (followers.has(client)) return
    client.on('notification', (news) => {
      tell.emit('news', news)
    })
  })
  const follow = (callback: NonNullable<Connected>) => {
    const follower = new Follower()
    let last: pg.Notification | undefined
    const pass = calmed(() => follower.emit('notification', last))
    const hear = (news: pg.Notification) => {
      last = news
      pass()
    }
    tell.on('news', hear)
    followers.add(follower)
    callback(undefined, follower as unknown as pg.PoolClient, () => {
      tell.off('news', hear)
      followers.delete(follower)
    })
  }
  const listeningBy = (listen: (callback: NonNullable<Connected>) => void): pg.Pool =>
    Object.create(pool, {
      connect: { value: (callback?: Connected) => (callback ? listen(callback) : pool.connect()) },
      // It would connect by a callback as well.
      query: { value: pool.query.bind(pool) },
    }) as pg.Pool
  return {
    leadingPool: () => (listener === pool ? pool : listeningBy((callback) => listener.connect(callback))),
    followingPool: () => listeningBy(follow),
  }
}
