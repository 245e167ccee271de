import type { Payload } from 'payload'
import { clearGauge, lookBeforeTelling, setGauge } from '#observability/measure'
import { type Figure, figureNames, readFigures } from './figure-queries'

/** Whoever asks more often is told the same again: several Prometheus and a person with a browser cost one look. */
const freshMs = 10_000
/** Whoever asks has a timeout of their own, and wants to know the rest whatever the database does. */
const patienceMs = 2_000

type Reading = { at: number; figures: Figure[] | undefined }

const tell = ({ figures }: Reading): void => {
  for (const name of figureNames) clearGauge(name)
  setGauge('parley_database_up', {}, figures ? 1 : 0)
  for (const { name, labels, value } of figures ?? []) setGauge(name, labels, value)
}

/** Tells what stands in the database, with the metrics of this process. Never throws, and never waits long. @returns how to end it. */
export const watchDatabase = (payload: Payload): (() => void) => {
  let last: Reading = { at: Number.NEGATIVE_INFINITY, figures: undefined }
  let reading: Promise<void> | undefined

  const read = async (): Promise<void> => {
    try {
      last = { at: performance.now(), figures: await readFigures(payload) }
    } catch (err) {
      last = { at: performance.now(), figures: undefined }
      payload.logger.warn({ err, msg: 'The figures of the database could not be read' })
    } finally {
      reading = undefined
    }
  }

  return lookBeforeTelling(async () => {
    if (performance.now() - last.at > freshMs) {
      reading ??= read()
      if (!(await isDoneWithin(reading, patienceMs))) last = { ...last, figures: undefined }
    }
    tell(last)
  })
}

const isDoneWithin = async (work: Promise<void>, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([work.then(() => true), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
