import net from 'node:net'
import type pg from 'pg'

/** What the driver knows of a connection beyond its public types. */
type Addressed = { host: string; port: number; processID: number | null; secretKey: number | null }

const cancelRequest = 80_877_102
/** Of a server that takes no connections either. */
const patienceMs = 5_000

/**
 * Asks PostgreSQL to end the statement that a connection is waiting for, as `psql` does: past the connection, over another one that needs no login. It says
 * nothing, and it is no fault if the statement has just ended by itself. Not through a pooler (see {@link canCancel}).
 * @returns when it is done, or cannot be done. Only then may the connection be used for something else, which would be ended in its place.
 */
export const cancelStatement = (client: pg.ClientBase): Promise<void> => {
  const { host, port, processID, secretKey } = client as unknown as Addressed
  if (processID === null || secretKey === null) return Promise.resolve()
  const message = Buffer.alloc(16)
  message.writeInt32BE(message.length, 0)
  message.writeInt32BE(cancelRequest, 4)
  message.writeInt32BE(processID, 8)
  message.writeInt32BE(secretKey, 12)
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? net.connect(`${host}/.s.PGSQL.${port}`) : net.connect(port, host)
    socket.setTimeout(patienceMs, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.once('close', () => resolve())
    // Whoever reads nothing does not see that PostgreSQL has closed it, which is when it is done.
    socket.resume()
    socket.write(message)
  })
}
