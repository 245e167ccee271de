import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { sendResponse } from '#server/send-response'
import { textResponse } from '#shared/text-response'

const json = { 'Content-Type': 'application/json' }

describe('a response of a text', () => {
  it('is read as any other', async () => {
    const response = textResponse('{"a":"ü"}', { status: 201, headers: json })
    expect([response.status, response.ok, response.bodyUsed]).toEqual([201, true, false])
    expect(await response.clone().json()).toEqual({ a: 'ü' })
    expect(await new Response(response.body, response).text()).toBe('{"a":"ü"}')
    expect(response.bodyUsed).toBe(true)
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  it.each(['plain', 'Zoë', '日本', 'é'.repeat(3)])('arrives as it is, with its length: %s', async (text) => {
    const server = createServer((_, to) => void sendResponse(textResponse(text, { headers: json }), to))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
      expect(await answer.text()).toBe(text)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
