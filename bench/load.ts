import autocannon from 'autocannon'

export type Load = {
  path: string | (() => string)
  /** Makes it a POST of a JSON body that is made anew for every request. */
  body?: () => unknown
  headers?: Record<string, string>
  /** After so many requests another caller comes; without it all are of one. */
  perCaller?: number
}

export type Measured = {
  requests: number
  /** Answers a second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p95: number
  p99: number
}

export const usualConnections = 8

let asked = 0

/** An address of `perCaller` requests, by which nobody has called before. */
const nextAddress = (perCaller: number): string => {
  const n = Math.floor(asked++ / perCaller)
  return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
}

const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

/** Where a load goes: with several addresses, to each of them its share of the connections. */
type Address = string | readonly string[]

type Answered = { latencies: number[]; requests: number; seconds: number }

/**
 * Puts a load on a server, of eight connections unless told otherwise.
 * @throws when anything but success was answered: a fast refusal is no throughput.
 */
export const measure = async (
  target: Address,
  load: Load,
  seconds: number,
  connections = usualConnections,
): Promise<Measured> => {
  const urls = typeof target === 'string' ? [target] : target
  const share = Math.max(1, Math.round(connections / urls.length))
  const all = await Promise.all(urls.map((url) => putLoad(url, load, { seconds, connections: share })))
  const latencies = all.flatMap((answered) => answered.latencies).sort((a, b) => a - b)
  const requests = all.reduce((sum, answered) => sum + answered.requests, 0)
  return {
    requests,
    rate: requests / Math.max(...all.map((answered) => answered.seconds)),
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
  }
}

const putLoad = async (
  url: string,
  { path, body, headers, perCaller }: Load,
  { seconds, connections }: { seconds: number; connections: number },
): Promise<Answered> => {
  const method = body ? 'POST' : 'GET'
  const nextPath = typeof path === 'string' ? () => path : path
  const isFixed = typeof path === 'string' && !body && !perCaller
  let fault = ''
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method,
        path: nextPath(),
        ...(headers ? { headers } : {}),
        ...(body ? { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body()) } : {}),
        // Only what changes is composed anew: the generator shares the machine with what it measures.
        ...(isFixed
          ? {}
          : {
              setupRequest: (request) => ({
                ...request,
                path: nextPath(),
                ...(body ? { body: JSON.stringify(body()) } : {}),
                ...(perCaller ? { headers: { ...request.headers, 'x-forwarded-for': nextAddress(perCaller) } } : {}),
              }),
            }),
        ...(body
          ? {
              onResponse: (status, text) => {
                if (status >= 300 && !fault) fault = `${status} ${text.slice(0, 300)}`
              },
            }
          : {}),
      },
    ],
  })
  const latencies: number[] = []
  run.on('response', (_client, status: number, _bytes, milliseconds: number) => {
    if (status < 300) latencies.push(milliseconds)
  })
  const { requests, duration, non2xx, errors, timeouts } = await run
  if (non2xx || errors || timeouts) {
    throw new Error(`${method} ${nextPath()}: ${non2xx} refusals, ${errors} errors, ${timeouts} timeouts. ${fault}`)
  }
  return { latencies, requests: requests.total, seconds: duration }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const medianOf = (all: readonly Measured[]): Measured => ({
  requests: median(all.map(({ requests }) => requests)),
  rate: median(all.map(({ rate }) => rate)),
  p50: median(all.map(({ p50 }) => p50)),
  p95: median(all.map(({ p95 }) => p95)),
  p99: median(all.map(({ p99 }) => p99)),
})

/**
 * Measures several loads in turn, several times, and takes the median of each: what else happens on the machine meets all of them.
 * The first round warms up and does not count.
 */
export const compare = async <Name extends string>(
  loads: Record<Name, Load & { url: Address }>,
  { rounds, seconds, connections }: { rounds: number; seconds: number; connections?: number },
): Promise<Record<Name, Measured>> => {
  const names = Object.keys(loads) as Name[]
  const results = new Map<Name, Measured[]>(names.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const { url, ...load } = loads[name]
      const measured = await measure(url, load, seconds, connections)
      if (round > 0) results.get(name)?.push(measured)
    }
  }
  return Object.fromEntries(names.map((name) => [name, medianOf(results.get(name) ?? [])])) as Record<Name, Measured>
}
