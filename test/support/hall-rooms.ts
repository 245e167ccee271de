import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { z } from 'zod'
import { RoomError, type RoomOutcome } from '#meetings/room-error'
import type { MeetingNews, RemoteRoom, RemoteRooms } from '#meetings/room-provider'

/** A provider of rooms that an installation might add: the Hall, which lets rooms by the hour. */

const roomSchema = z
  .object({ id: z.string(), url: z.url() })
  .transform(({ id, url }): RemoteRoom => ({ meetingId: id, joinUrl: url, hostId: null }))

const reportSchema = z.object({
  room: z.string(),
  says: z.enum(['opened', 'closed', 'came', 'went']),
  at: z.number(),
  person: z.object({ id: z.string(), email: z.string().nullable(), isHost: z.boolean() }).optional(),
})

const readReport = (event: unknown): MeetingNews | undefined => {
  const { room: meetingId, says, at, person } = reportSchema.parse(event)
  if (says === 'opened' || says === 'closed') return { what: says === 'opened' ? 'started' : 'ended', meetingId, at }
  if (!person) return undefined
  return { what: says === 'came' ? 'joined' : 'left', meetingId, at, participant: { name: null, ...person } }
}

const outcomeOf = (status: number): RoomOutcome => {
  if (status === 404) return 'gone'
  if (status === 429) return 'not_processed'
  return status < 500 ? 'refused' : 'unknown'
}

/** @param options.url undefined: the Hall is not set up. */
export const createHallRooms = ({ url, key }: { url: string | undefined; key: string }): RemoteRooms => {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url ?? ''}${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
    })
    if (response.ok) return response.json()
    throw new RoomError(`The Hall answered ${response.status}.`, { outcome: outcomeOf(response.status) })
  }
  return {
    name: 'hall',
    label: 'The Hall',
    room: 'remote',
    isConnected: () => url !== undefined,
    create: async ({ marker, topic, startsAt, endsAt }) =>
      roomSchema.parse(await call('POST', '/rooms', { note: marker, topic, startsAt, endsAt })),
    find: async ({ marker }) =>
      z.array(roomSchema).parse(await call('GET', `/rooms?${new URLSearchParams({ note: marker })}`))[0],
    move: async ({ meetingId }, { startsAt, endsAt }) => {
      await call('PATCH', `/rooms/${meetingId}`, { startsAt, endsAt })
    },
    remove: async ({ meetingId }) => {
      await call('DELETE', `/rooms/${meetingId}`)
    },
    news: readReport,
  }
}

export type HallRoom = { id: string; url: string; note: string; startsAt: number; endsAt: number }

/** What happens to the next call that changes something: said no to · done but not answered · neither · done, with an address that is no page. */
export type HallFault = 'refuse' | 'lose-answer' | 'break' | 'odd-address'

export type Hall = {
  url: string
  key: string
  rooms: () => HallRoom[]
  failNext: (fault: HallFault) => void
  /** A person removes a room at the Hall itself. */
  removeByHand: (id: string) => void
  /** How often it was asked, in words of HTTP. */
  calls: () => string[]
  close: () => Promise<void>
}

const key = 'key of the Hall'

const readBody = async (request: IncomingMessage): Promise<Partial<HallRoom>> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return chunks.length ? (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Partial<HallRoom>) : {}
}

/** A Hall on a port of its own. */
export const startHall = async (): Promise<Hall> => {
  const rooms = new Map<string, HallRoom>()
  const calls: string[] = []
  let fault: HallFault | undefined
  let made = 0

  const change = (method: string, id: string, body: Partial<HallRoom>): HallRoom | undefined => {
    if (method === 'POST') {
      const name = `room-${++made}`
      const room = { id: name, url: `https://hall.example/${name}`, note: '', startsAt: 0, endsAt: 0, ...body }
      rooms.set(name, room)
      return room
    }
    const room = rooms.get(id)
    if (!room) return undefined
    if (method === 'DELETE') rooms.delete(id)
    else Object.assign(room, body)
    return room
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET' } = request
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://hall')
    const body = await readBody(request)
    calls.push(`${method} ${pathname}`)
    const say = (status: number, what: unknown) => response.writeHead(status).end(JSON.stringify(what))
    if (request.headers.authorization !== `Bearer ${key}`) return void say(401, {})
    if (method === 'GET') {
      return void say(
        200,
        [...rooms.values()].filter(({ note }) => note === searchParams.get('note')),
      )
    }
    const what = fault
    fault = undefined
    if (what === 'break') return void request.socket.destroy()
    if (what === 'refuse') return void say(422, {})
    const room = change(method, pathname.split('/')[2] ?? '', body)
    if (room && what === 'odd-address') room.url = 'javascript:alert(1)'
    if (what === 'lose-answer') return void request.socket.destroy()
    say(room ? 200 : 404, room ?? {})
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    key,
    rooms: () => [...rooms.values()],
    failNext: (next) => {
      fault = next
    },
    removeByHand: (id) => void rooms.delete(id),
    calls: () => calls,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
