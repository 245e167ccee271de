import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { isCompiled, ownScript } from '#shared/own-script'
import { FeedError } from './fetch-feed'
import type { ParsedFeed, ParseFeedOptions } from './parse-feed'

/** Where nothing is compiled, the thread reads TypeScript as the others do. */
const readTypeScript = (): string[] =>
  isCompiled() ? [] : ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]

/**
 * `parseFeed` in a thread that may use so much memory and time: a calendar from elsewhere can be made to need any amount of both.
 * @throws FeedError `no_calendar` when it is none, or needs more.
 */
export const parseFeedInThread = (
  text: string,
  options: ParseFeedOptions,
  { timeoutMs = 10_000, memoryMb = 256 }: { timeoutMs?: number; memoryMb?: number } = {},
): Promise<ParsedFeed> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(ownScript('src/calendar/file/parse-feed-worker.ts'), {
      workerData: { text, options },
      execArgv: readTypeScript(),
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      stderr: true,
    })
    const timer = setTimeout(() => {
      reject(new FeedError('no_calendar', new Error(`It was not read within ${timeoutMs} ms.`)))
      void worker.terminate()
    }, timeoutMs)
    worker.once('message', resolve)
    worker.once('error', (error) => reject(new FeedError('no_calendar', error)))
    worker.once('exit', () => {
      clearTimeout(timer)
      reject(new FeedError('no_calendar'))
    })
  })
