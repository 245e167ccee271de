import { execFile, spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, it, vi } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { cleanUpLater } from '../support/clean-up'
import { createConsultant, createServiceType, hourIn, iso } from '../support/fixtures'
import { findFreePort } from '../support/free-port'
import { openMediaWorld, type MediaWorld } from '../support/media-world'
import { createTemporaryFolder } from '../support/temporary-folder'
import { tokenFor } from '../support/token-for'

let world: MediaWorld
let profile: ConsultantProfile
let owner: User
let service: ServiceType
let base: string

const get = async (route: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(base + route, { headers })
  return { status: answer.status, cache: answer.headers.get('x-cache'), text: await answer.text() }
}

beforeAll(async () => {
  await promisify(execFile)('which', ['nginx']).catch(() => {
    throw new Error('This test runs nginx: install it with `apt-get install nginx-light`.')
  })
  world = await openMediaWorld({
    MEDIA_DIR: await createTemporaryFolder(),
    RATE_LIMIT_FACTOR: '0',
    TRUSTED_PROXIES: '1',
  })
  ;({ profile, user: owner } = await createConsultant(world.payload))
  service = await createServiceType(world.payload, [profile])
  const { createWebServer } = await import('#server/create-web-server')
  const server = await createWebServer({ port: 0, next: 'none' })
  cleanUpLater(() => server.close())

  const folder = await createTemporaryFolder()
  const port = await findFreePort()
  const cache = path.join(folder, 'cache')
  await mkdir(cache)
  const sample = (await readFile('deploy/nginx/parley-cache.conf', 'utf8')).replace('/var/cache/nginx/parley', cache)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n')
  const main = path.join(folder, 'nginx.conf')
  await writeFile(
    main,
    `daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temporary}
    ${sample}
    server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${server.port}; proxy_http_version 1.1;
      proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } } }`,
  )
  const nginx = spawn('nginx', ['-c', main], { stdio: ['ignore', 'ignore', 'inherit'] })
  cleanUpLater(() => void nginx.kill('SIGTERM'))
  base = `http://127.0.0.1:${port}`
  await vi.waitFor(async () => expect((await fetch(`${base}/api/health/live`)).status).toBe(200), { timeout: 20_000 })
})

const slotsRoute = () => {
  const day = iso(hourIn(9)).slice(0, 10)
  return `/api/booking/slots?consultant=${profile.slug}&serviceType=${service.slug}&start=${day}&end=${day}`
}

it('answers a second caller out of the cache, and nobody with a login', async () => {
  const by = { Authorization: `JWT ${await tokenFor(world.payload, owner)}` }
  const media = await world.upload()
  for (const route of [
    `/api/booking/consultants/${profile.slug}`,
    '/api/booking/consultants?limit=5',
    '/api/booking/service-types',
    slotsRoute(),
    `/api/media/file/${media.filename}`,
  ]) {
    const [first, second] = [await get(route), await get(route)]
    expect([first.status, first.cache, second.cache], route).toEqual([200, 'MISS', 'HIT'])
    expect(second.text).toBe(first.text)
    for (const headers of [by, { Cookie: `payload-token=${by.Authorization.slice(4)}` }]) {
      expect([route, (await get(route, headers)).cache, (await get(route, headers)).cache]).toEqual([
        route,
        'BYPASS',
        'BYPASS',
      ])
    }
  }
})

it('keeps nothing that is somebody’s own', async () => {
  const by = { Authorization: `JWT ${await tokenFor(world.payload, owner)}` }
  const closed = await world.upload({ isPublic: false })
  for (const route of [
    '/api/users/me',
    '/api/health/ready',
    `/api/media/file/${closed.filename}`,
    `/api/media/${closed.id}`,
    `${slotsRoute()}&holdToken=abc`,
  ]) {
    await get(route, by)
    expect([route, (await get(route)).cache, (await get(route)).cache]).toEqual([route, 'MISS', 'MISS'])
  }
  const staff = { Authorization: `JWT ${await tokenFor(world.payload, world.operations)}` }
  expect((await get(`/api/media/file/${closed.filename}`, staff)).status).toBe(200)
  expect((await get(`/api/media/file/${closed.filename}`)).status).toBe(403)
})

it('shows a taken time and a changed profile within the bound', async () => {
  const route = `/api/booking/consultants/${profile.slug}`
  await get(route)
  await world.payload.update({ collection: 'consultant-profiles', id: profile.id, data: { headline: 'Seen anew' } })
  const slots = () => get(slotsRoute()).then(({ text }) => text)
  const before = await slots()
  const [start] = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/.exec(before) ?? []
  const held = await fetch(`${base}/api/booking/holds`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify({ consultant: profile.slug, serviceType: service.slug, start }),
  })
  expect(held.status, await held.text()).toBe(201)
  const heldAt = Date.now()
  await expect.poll(slots, { timeout: 8_000, interval: 250 }).not.toContain(start)
  expect(Date.now() - heldAt).toBeLessThan(8_500)
  await expect.poll(async () => (await get(route)).text, { timeout: 60_000, interval: 1_000 }).toContain('Seen anew')
})
