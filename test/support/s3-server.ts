import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import S3rver from 's3rver'
import { cleanUpLater } from './clean-up'
import { createTemporaryFolder } from './temporary-folder'

/** What becomes of requests: `lost` ones are carried out, and their answer does not arrive; those that wait are carried out when they are released. */
export type S3Fault = 'none' | 'fails' | 'lost' | 'hangs' | 'waits'

export type S3Server = {
  /** The environment that points Parley at it. */
  env: Record<string, string>
  /** Requests of these methods meet the fault; all of them without. */
  set: (fault: S3Fault, ...methods: string[]) => void
  release: () => void
  /** Requests that have come, as `PUT media/name`. */
  requests: string[]
  /** Names of what lies below the prefix. */
  names: () => Promise<string[]>
  /** The bytes of an object as the server has stored them. */
  read: (name: string) => Promise<Buffer>
}

const bucket = 'parley-media'

/** A server that speaks the protocol of S3, with a proxy before it that can be told to fail. */
export const openS3Server = async (): Promise<S3Server> => {
  const directory = await createTemporaryFolder()
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: bucket }],
  })
  const { port } = await server.run()
  cleanUpLater(() => server.close())
  let fault: S3Fault = 'none'
  let hit: string[] = []
  const waiting: (() => void)[] = []
  const requests: string[] = []

  const proxy = createServer((from, to) => {
    const method = from.method ?? ''
    requests.push(`${method} ${(from.url ?? '').split('?')[0]?.slice(bucket.length + 2)}`)
    const meets = fault !== 'none' && (!hit.length || hit.includes(method)) ? fault : 'none'
    if (meets === 'hangs') return
    if (meets === 'fails') {
      from.resume()
      to.writeHead(500, { 'Content-Type': 'application/xml' })
      to.end('<?xml version="1.0"?><Error><Code>InternalError</Code><Message>We are sorry.</Message></Error>')
      return
    }
    const carryOut = (): void => {
      // Its caller may have given up meanwhile.
      if (from.destroyed || to.destroyed) return
      const onward = request(
        { host: '127.0.0.1', port, method, path: from.url, headers: from.headers, agent: false },
        (answer) => {
          if (meets === 'lost') {
            answer.resume()
            answer.once('end', () => from.socket.destroy())
            return
          }
          to.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(to)
        },
      )
      onward.on('error', () => to.destroy())
      from.pipe(onward)
    }
    if (meets === 'waits') waiting.push(carryOut)
    else carryOut()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  cleanUpLater(() => {
    proxy.closeAllConnections()
    return new Promise<void>((resolve) => void proxy.close(() => resolve()))
  })
  const address = proxy.address() as AddressInfo
  const folder = path.join(directory, bucket, 'media')
  const ending = '._S3rver_object'
  return {
    env: {
      S3_BUCKET: bucket,
      S3_ENDPOINT: `http://127.0.0.1:${address.port}`,
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
      S3_FORCE_PATH_STYLE: '1',
      S3_REQUEST_CHECKSUMS: 'when_required',
    },
    set: (next, ...methods) => {
      fault = next
      hit = methods
    },
    release: () => {
      for (const carryOut of waiting.splice(0)) carryOut()
    },
    requests,
    names: async () =>
      existsSync(folder)
        ? (await readdir(folder)).flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : []))
        : [],
    read: (name) => readFile(path.join(folder, name + ending)),
  }
}
