import { once } from 'node:events'
import net from 'node:net'
import pg from 'pg'
import { cleanUpLater } from './clean-up'

export type TransactionPooler = {
  /** Of the same database, through the pooler. */
  url: string
  /** What reached it. */
  seen: { parameters: Set<string>; preparedNames: Set<string>; statements: string[] }
}

type Backend = { socket: net.Socket; client?: Client | undefined }

type Client = {
  socket: net.Socket
  backend?: Backend | undefined
  waiting: Buffer[]
  isAsking: boolean
  /** Answers that are still to come. */
  pending: number
}

/** What poolers bear, as each client may have its own and they know how to set it. */
const bearable = new Set(['user', 'database', 'client_encoding', 'application_name'])

const frame = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const int32 = (...values: number[]): Buffer => {
  const buffer = Buffer.alloc(4 * values.length)
  values.forEach((value, n) => buffer.writeInt32BE(value, 4 * n))
  return buffer
}

const strings = (buffer: Buffer): string[] => buffer.toString('utf8').split('\0')

/** Hands each whole message to `take`, the first of a client without a type. */
const byFrames = (take: (type: string, whole: Buffer) => void, { hasStartup = false } = {}) => {
  let rest = Buffer.alloc(0)
  let isStarting = hasStartup
  return (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const head = isStarting ? 0 : 1
      if (rest.length < head + 4) return
      const length = head + rest.readInt32BE(head)
      if (rest.length < length) return
      const whole = rest.subarray(0, length)
      rest = rest.subarray(length)
      take(isStarting ? '' : String.fromCharCode(whole[0] ?? 0), whole)
      isStarting = false
    }
  }
}

/**
 * A pooler like PgBouncer in transaction mode, as strict as one can be: each transaction gets the session that was longest idle, so the next one
 * gets another. It notes what reaches it.
 * @param options.bearsParameters it takes no offence at startup parameters, and heeds none, as with `ignore_startup_parameters`.
 */
export const startTransactionPooler = async (
  databaseUrl: string,
  { size = 4, bearsParameters = false }: { size?: number; bearsParameters?: boolean } = {},
): Promise<TransactionPooler> => {
  const seen: TransactionPooler['seen'] = { parameters: new Set(), preparedNames: new Set(), statements: [] }
  const idle: Backend[] = []
  const sessions: pg.Client[] = []
  const asking: Client[] = []
  const sockets = new Set<net.Socket>()
  let isOver = false

  const release = (backend: Backend) => {
    if (backend.client) backend.client.backend = undefined
    backend.client = undefined
    idle.push(backend)
    serveNext()
  }

  const open = async (): Promise<Backend> => {
    const session = new pg.Client({ connectionString: databaseUrl })
    session.on('error', () => undefined)
    await session.connect()
    sessions.push(session)
    const { stream } = (session as unknown as { connection: { stream: net.Socket } }).connection
    // The driver has logged in; from here on others speak.
    stream.removeAllListeners('data')
    const backend: Backend = { socket: stream }
    stream.on(
      'data',
      byFrames((type, whole) => {
        const { client } = backend
        client?.socket.write(whole)
        if (type !== 'Z' || !client) return
        client.pending -= 1
        if (client.pending === 0 && whole.toString('latin1', 5) === 'I') release(backend)
      }),
    )
    return backend
  }

  const serveNext = () => {
    if (!asking.length) return
    const backend = idle.shift()
    if (!backend) return
    const client = asking.shift()
    if (!client || client.socket.destroyed) {
      idle.unshift(backend)
      if (client) serveNext()
      return
    }
    client.isAsking = false
    client.backend = backend
    backend.client = client
    for (const message of client.waiting.splice(0)) backend.socket.write(message)
    serveNext()
  }

  const start = (client: Client, whole: Buffer) => {
    const words = strings(whole.subarray(8))
    const names = words.filter((word, n) => n % 2 === 0 && word)
    for (const name of names) seen.parameters.add(name)
    const unbearable = names.find((name) => !bearable.has(name))
    if (unbearable && !bearsParameters) {
      const fields = `SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: ${unbearable}\0\0`
      client.socket.end(frame('E', Buffer.from(fields)))
      return
    }
    const parameters = { server_version: '17.0', client_encoding: 'UTF8', standard_conforming_strings: 'on' }
    client.socket.write(
      Buffer.concat([
        frame('R', int32(0)),
        ...Object.entries(parameters).map(([name, value]) => frame('S', Buffer.from(`${name}\0${value}\0`))),
        // Of no process that exists.
        frame('K', int32(2 ** 30, 7)),
        frame('Z', Buffer.from('I')),
      ]),
    )
  }

  const note = (type: string, whole: Buffer) => {
    if (type === 'Q') seen.statements.push(strings(whole.subarray(5))[0] ?? '')
    if (type !== 'P') return
    const [name, statement = ''] = strings(whole.subarray(5))
    if (name) seen.preparedNames.add(name)
    seen.statements.push(statement)
  }

  const server = net.createServer((socket) => {
    sockets.add(socket)
    const client: Client = { socket, waiting: [], isAsking: false, pending: 0 }
    socket.on('error', () => undefined)
    socket.on(
      'data',
      byFrames(
        (type, whole) => {
          if (!type) return start(client, whole)
          if (type === 'X') return void socket.end()
          note(type, whole)
          if (type === 'Q' || type === 'S') client.pending += 1
          if (client.backend) return void client.backend.socket.write(whole)
          client.waiting.push(Buffer.from(whole))
          if (client.isAsking) return
          client.isAsking = true
          asking.push(client)
          serveNext()
        },
        { hasStartup: true },
      ),
    )
    socket.on('close', () => {
      sockets.delete(socket)
      const { backend } = client
      if (!backend) return
      // Whoever goes away within a transaction leaves a session that nobody can use.
      backend.socket.destroy()
      if (!isOver) void open().then(release)
    })
  })

  for (let n = 0; n < size; n++) idle.push(await open())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUpLater(() => {
    isOver = true
    server.close()
    for (const socket of sockets) socket.destroy()
    for (const session of sessions)
      (session as unknown as { connection: { stream: net.Socket } }).connection.stream.destroy()
  })
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${(server.address() as net.AddressInfo).port}`
  return { url: url.href, seen }
}
