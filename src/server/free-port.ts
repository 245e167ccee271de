import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export const isPortFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen(port, host, () => server.close(() => resolve(true)))
  })

/** Waits a little: the processes of a killed start end by themselves within moments. */
export const waitUntilPortIsFree = async (port: number, host: string, patienceMs: number): Promise<boolean> => {
  for (const deadline = Date.now() + patienceMs; ; await delay(100)) {
    if (await isPortFree(port, host)) return true
    if (Date.now() > deadline) return false
  }
}

/** The first free port from `from` on: the same one at every start unless something else has it. */
export const findFreePort = async (from: number, host: string): Promise<number> => {
  for (let port = from; port < from + 50; port++) {
    if (await isPortFree(port, host)) return port
  }
  throw new Error(`No free port from ${from} to ${from + 50}.`)
}
