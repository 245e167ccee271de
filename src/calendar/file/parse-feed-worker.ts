import { parentPort, workerData } from 'node:worker_threads'
import { parseFeed, type ParseFeedOptions } from './parse-feed'

const { text, options } = workerData as { text: string; options: ParseFeedOptions }
parentPort?.postMessage(parseFeed(text, options))
