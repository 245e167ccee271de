import { request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { actionsOf } from '#sandbox/shared/control-actions'
import { SandboxRefusal } from '#sandbox/shared/refusal'
import { startSandbox } from '#sandbox/shared/start-sandbox'

class Refusal extends SandboxRefusal {
  readonly status = 404

  toResponse(): Response {
    return Response.json({ refused: this.message }, { status: this.status })
  }
}

const action = actionsOf<string[]>()

const actions = [
  action('add/:id', z.strictObject({ more: z.string().optional() }), (control, { more }, id) => {
    control.push(`${id}${more ?? ''}`)
    return control
  }),
  action('quietly', z.strictObject({}), () => undefined),
  action('refuse', z.strictObject({}), () => {
    throw new Refusal('no such thing')
  }),
]

type Options = { port?: number; opened?: () => void; isDamaged?: boolean }

const start = async ({ port = 0, opened, isDamaged = false }: Options = {}) => {
  const steps: string[] = []
  const open = async () => {
    opened?.()
    if (isDamaged) throw new Error('damaged')
    return { flush: async () => void steps.push('flush'), close: async () => void steps.push('store closed') }
  }
  const sandbox = await startSandbox<string[], Awaited<ReturnType<typeof open>>>(
    { name: 'Test', port, open },
    ({ url }) => ({
      control: [],
      actions,
      views: { list: (control) => ({ url, control }) },
      pages: [
        { path: '/', handle: () => new Response('page') },
        { path: '/form/:id', takesForms: true, handle: (_, id) => new Response(id) },
        {
          path: '/refused',
          handle: () => {
            throw new Refusal('not here')
          },
        },
      ],
      api: async (request) => new Response(`api: ${request.method} ${await request.text()}`, { status: 418 }),
      toError: (status, message) => Response.json({ message }, { status }),
      begin: () => void steps.push('begun'),
      close: () => void steps.push('stopped'),
    }),
  )
  onTestFinished(() => sandbox.close())
  return { ...sandbox, steps }
}

const ask = async (url: string, init: RequestInit = {}) => {
  const answer = await fetch(url, { redirect: 'manual', ...init })
  return [answer.status, await answer.text()]
}

const elsewhere = { Origin: 'https://evil.example' }

describe('what is asked for', () => {
  it('is a page, a knob, or else a call of the API', async () => {
    const { url } = await start()
    expect(await ask(url)).toEqual([200, 'page'])
    expect(await ask(`${url}/form/a%2Fb`, { method: 'POST' })).toEqual([200, 'a/b'])
    expect(await ask(url, { method: 'POST', body: 'x' })).toEqual([418, 'api: POST x'])
    expect(await ask(`${url}/form/a/b`)).toEqual([418, 'api: GET '])
    expect(await ask(`${url}/_sandbox/list`)).toEqual([200, JSON.stringify({ url, control: [] })])
  })

  it('is refused in the provider’s words, also by a page', async () => {
    const { url } = await start()
    expect(await ask(`${url}/refused`)).toEqual([404, '{"refused":"not here"}'])
  })

  it('may not be longer than a mebibyte', async () => {
    const { url } = await start()
    const post = (length: number) => ask(url, { method: 'POST', body: 'x'.repeat(length) })
    expect((await post(1024 * 1024))[0]).toBe(418)
    expect(await post(1024 * 1024 + 1)).toEqual([413, '{"message":"The body is too long."}'])
  })
})

describe('knobs', () => {
  const turn = (url: string, path: string, init: RequestInit = {}) =>
    ask(`${url}/_sandbox/${path}`, { method: 'POST', ...init })

  it('answer JSON with JSON and forms with the page', async () => {
    const { url, control } = await start()
    expect(await turn(url, 'add/1', { body: '{"more":"x"}', headers: { 'Content-Type': 'application/json' } })).toEqual(
      [200, '["1x"]'],
    )
    expect(await turn(url, 'add/2', { body: '{"more":"y"}' })).toEqual([200, '["1x","2y"]'])
    expect(await turn(url, 'add/3', { body: new URLSearchParams({ more: '' }) })).toEqual([303, ''])
    expect(await turn(url, 'quietly')).toEqual([204, ''])
    expect(control).toEqual(['1x', '2y', '3'])
  })

  it.each([
    ['unknown', 'POST', '', 404],
    ['add/1', 'POST', '{"other":1}', 400],
    ['add/1', 'POST', '{', 400],
    ['add/%zz', 'POST', '{}', 404],
    ['refuse', 'POST', '{}', 404],
    ['add/1', 'PUT', '{}', 405],
    ['add/1', 'DELETE', '', 405],
  ])('refuse %s by %s with %j', async (path, method, body, status) => {
    const { url, control } = await start()
    expect((await turn(url, path, { method, ...(body ? { body } : {}) }))[0]).toBe(status)
    expect(control).toEqual([])
  })

  it('show nothing that they do not have', async () => {
    const { url } = await start()
    for (const name of ['other', 'toString', 'list/']) expect((await ask(`${url}/_sandbox/${name}`))[0]).toBe(404)
  })

  it('do not take another site’s name in the path for their own', async () => {
    const { port, control } = await start()
    const answer = await new Promise<string>((resolve) => {
      const options = { port, host: '127.0.0.1', method: 'POST', path: '//evil.example/_sandbox/add/1' }
      const call = request({ ...options, headers: elsewhere }, (response) => resolve(String(response.statusCode)))
      call.end()
    })
    expect([answer, control]).toEqual(['418', []])
  })

  it('and forms do not listen to other sites', async () => {
    const { url, control } = await start()
    expect((await turn(url, 'add/1', { body: '{}', headers: elsewhere }))[0]).toBe(403)
    expect((await ask(`${url}/form/1`, { method: 'POST', headers: elsewhere }))[0]).toBe(403)
    expect((await ask(`${url}/form/1`, { method: 'POST', headers: { Origin: url } }))[0]).toBe(200)
    expect(control).toEqual([])
  })
})

describe('starting and closing', () => {
  it('writes the state before anything begins, and after everything has stopped', async () => {
    const { close, steps } = await start()
    await close()
    expect(steps).toEqual(['flush', 'begun', 'stopped', 'store closed'])
  })

  it('leaves the state alone where the port is taken: it belongs to whoever has the port', async () => {
    const { port } = await start()
    let isOpened = false
    await expect(start({ port, opened: () => (isOpened = true) })).rejects.toThrow('EADDRINUSE')
    expect(isOpened).toBe(false)
  })

  it('frees the port where the state cannot be read', async () => {
    const { port, close } = await start()
    await close()
    await expect(start({ port, isDamaged: true })).rejects.toThrow('damaged')
    expect((await start({ port })).port).toBe(port)
  })
})
