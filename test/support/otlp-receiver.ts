import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cleanUpLater } from './clean-up'

type AttributeValue = { stringValue?: string; intValue?: number | string; doubleValue?: number; boolValue?: boolean }
type KeyValue = { key: string; value: AttributeValue }

/** A span as OTLP's JSON has it: ids in hexadecimal, times in nanoseconds as text. */
type OtlpSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes?: KeyValue[]
  links?: { traceId: string; spanId: string }[]
  status?: { code?: number }
}

type OtlpRequest = {
  resourceSpans: {
    resource: { attributes: KeyValue[] }
    scopeSpans: { scope: { name: string }; spans: OtlpSpan[] }[]
  }[]
}

export type ReceivedSpan = Omit<OtlpSpan, 'attributes'> & { service: string; attributes: Record<string, unknown> }

const plain = (attributes: KeyValue[] = []): Record<string, unknown> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [kind, content] = Object.entries(value)[0] ?? []
      return [key, kind === 'intValue' ? Number(content) : content]
    }),
  )

const readText = async (from: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of from) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Takes spans as OTLP over HTTP in JSON, as a collector does, and keeps them. */
export const startOtlpReceiver = async (): Promise<{ url: string; spans: ReceivedSpan[]; requests: string[] }> => {
  const spans: ReceivedSpan[] = []
  const requests: string[] = []
  const server = createServer((from, to) => {
    void readText(from).then((text) => {
      requests.push(`${from.method} ${from.url} ${from.headers['content-type']}`)
      const { resourceSpans } = JSON.parse(text) as OtlpRequest
      for (const { resource, scopeSpans } of resourceSpans) {
        const service = String(plain(resource.attributes)['service.name'])
        for (const scope of scopeSpans) {
          for (const span of scope.spans) spans.push({ ...span, service, attributes: plain(span.attributes) })
        }
      }
      to.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUpLater(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, requests }
}
