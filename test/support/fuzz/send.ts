import { Agent, type IncomingMessage, request as open } from 'node:http'
import { once } from 'node:events'
import type { FuzzRequest } from './request'

export type FuzzAnswer = { status: number; contentType: string; text: string }

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

/** What no client can send: Node refuses it before it leaves. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/g

/** Sends a request as it is written, without the tidying that `fetch` does to addresses and headers. */
export const sendRequest = async (
  port: number,
  { method, target, headers, body }: Pick<FuzzRequest, 'method' | 'target' | 'headers' | 'body'>,
): Promise<FuzzAnswer> => {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const sent = open({
    agent,
    port,
    host: '127.0.0.1',
    method,
    path: target.replaceAll(/[^\x21-\x7e]/g, ''),
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll(unsendable, '')])),
      ...(bytes ? { 'Content-Length': bytes.length } : {}),
    },
  })
  sent.end(bytes)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk)
  return {
    status: answer.statusCode ?? 0,
    contentType: answer.headers['content-type']?.split(';', 1)[0] ?? '',
    text: Buffer.concat(chunks).toString(),
  }
}
