import type { Server } from 'node:http'
import { StartError } from './exit-with-line'

/** @throws StartError that names the setting, when the port is in use. */
export const listen = (
  server: Server,
  { port, host, setting }: { port: number; host: string; setting: string },
): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new StartError(`Port ${port} is in use: set ${setting} to another one.`) : error,
      )
    })
    server.listen(port, host, resolve)
  })
