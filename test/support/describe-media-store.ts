import { buffer } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import type * as Transactions from '#database/transactions'
import { namesOfMedia } from '#media/compute-media-names'
import type * as Tidying from '#media/tidy-media'
import { dayMs } from '#shared/time'
import { Crashed, killedAfter, plantDatabaseSteps, withSteps } from './crash'
import { connectTo } from './database'
import { countMedia, createPicture, docOf, type MediaWorld } from './media-world'

// They read the settings, which are complete when the world is open.
const presentMediaStore = async () => (await import('#media/present-media-store')).presentMediaStore()
const tidyMedia: typeof Tidying.tidyMedia = async (...args) => (await import('#media/tidy-media')).tidyMedia(...args)
const withTransaction: typeof Transactions.withTransaction = async (...args) =>
  (await import('#database/transactions')).withTransaction(...args)

/** A store of one test file, and how it is made to fail. */
export type StoreUnderTest = {
  env: Record<string, string>
  open: (env: Record<string, string>) => Promise<MediaWorld>
  /** What lies in it, past Parley. */
  names: () => Promise<string[]>
  read: (name: string) => Promise<Buffer>
  /** Ways in which storing fails, each with what ends it. */
  faults: Record<string, () => () => void>
}

/** What holds for media wherever their files lie. */
export const describeMediaStore = (under: StoreUnderTest, more: (world: () => MediaWorld) => void): void => {
  let world: MediaWorld

  beforeAll(async () => {
    world = await under.open(under.env)
    plantDatabaseSteps(world.payload)
  })

  const sorted = async () => (await under.names()).sort()

  describe('a picture', () => {
    it('is stored with its sizes, byte by byte, under names that mean the same everywhere', async () => {
      const content = await createPicture()
      const media = await world.upload({}, 'Zoë – портрет.PNG', content)
      const names = namesOfMedia(media)
      expect(names).toHaveLength(3)
      for (const name of names) expect(name).toMatch(/^zoe-[0-9a-f]{16}(-card|-thumbnail)?\.png$/)
      expect(await under.names()).toEqual(expect.arrayContaining(names))
      expect((await under.read(media.filename ?? '')).equals(content)).toBe(true)
      expect(media.thumbnailURL).toMatch(new RegExp(`/api/media/file/${media.sizes?.thumbnail?.filename}$`))
      expect((await world.file(media.filename)).bytes.equals(content)).toBe(true)
      const thumbnail = await world.file(media.sizes?.thumbnail?.filename)
      expect(thumbnail.bytes).toHaveLength(media.sizes?.thumbnail?.filesize ?? -1)
    })

    it('for everybody may be kept by caches for good, and is not sent again to whoever has it', async () => {
      const media = await world.upload()
      const { status, headers } = await world.file(media.filename)
      expect([status, headers.get('cache-control'), headers.get('content-type')]).toEqual([
        200,
        'public, max-age=31536000, s-maxage=3600, immutable',
        'image/png',
      ])
      const again = await world.file(media.filename, { 'If-None-Match': headers.get('etag') ?? '' })
      expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, headers.get('etag')])
      expect(again.headers.get('cache-control')).toBe(headers.get('cache-control'))
      const other = await world.file(media.sizes?.card?.filename)
      expect(other.headers.get('etag')).not.toBe(headers.get('etag'))
    })

    it('is sent in parts to whoever asks for a part', async () => {
      const content = await createPicture()
      const { filename } = await world.upload({}, 'part.png', content)
      const part = await world.file(filename, { Range: 'bytes=100-199' })
      expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
        206,
        `bytes 100-199/${content.length}`,
        '100',
      ])
      expect(part.bytes.equals(content.subarray(100, 200))).toBe(true)
      const none = await world.file(filename, { Range: `bytes=${content.length}-` })
      expect([none.status, none.headers.get('content-range')]).toEqual([416, `bytes */${content.length}`])
    })

    it('that is private is shown to whoever uploaded it and to staff, and no cache keeps it', async () => {
      const media = docOf(
        await world.send('/media', { name: 'own.png', content: await createPicture(200, 200) }, world.somebody, {
          alt: 'Mine',
          isPublic: false,
        }),
      )
      expect((await world.file(media.filename)).status).toBe(403)
      expect((await world.file(media.sizes?.thumbnail?.filename)).status).toBe(403)
      for (const by of [world.somebody, world.operations]) {
        const seen = await world.file(media.filename, {}, by)
        expect([seen.status, seen.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
      }
      await world.call('PATCH', `/media/${media.id}`, { by: world.somebody, body: { isPublic: true } })
      expect((await world.file(media.filename)).status).toBe(200)
    })

    it('is not there for staff either when no record has it', async () => {
      await (await presentMediaStore()).put('stray.png', await createPicture(20, 20), 'image/png')
      const answer = await world.file('stray.png', {}, world.operations)
      expect([answer.status, answer.json()]).toMatchObject([
        404,
        { errors: [{ message: 'There is no such picture.' }] },
      ])
      await (await presentMediaStore()).remove('stray.png')
    })

    it('cannot be had by naming it as a file that was uploaded past the server', async () => {
      const theirs = await world.upload({ isPublic: false })
      const form = new FormData()
      form.set('_payload', JSON.stringify({ alt: 'Stolen' }))
      const claimed = { filename: theirs.filename, mimeType: 'image/png', size: 10, clientUploadContext: {} }
      form.set('file', JSON.stringify(claimed))
      const answer = await world.call('POST', '/media', { by: world.somebody, body: form })
      expect(answer.status).toBe(400)
      expect(answer.bytes.toString()).toContain('A verified client upload reference is required.')
    })
  })

  describe('files that are not needed any more', () => {
    it('go with the picture, once it is gone for good', async () => {
      const media = await world.upload()
      const names = namesOfMedia(media)
      const undone = withTransaction(world.payload, async (req) => {
        await req.payload.delete({ collection: 'media', id: media.id, req })
        throw new Error('something else fails')
      })
      await expect(undone).rejects.toThrow('something else fails')
      await world.runJobs()
      expect((await world.file(media.filename)).status).toBe(200)
      expect((await world.call('DELETE', `/media/${media.id}`, { by: world.operations })).status).toBe(200)
      await world.runJobs()
      for (const name of names) expect(await under.names()).not.toContain(name)
    })

    it('go when others replace them, which have names of their own', async () => {
      const media = await world.upload()
      const content = await createPicture()
      const replaced = docOf(await world.send(`/media/${media.id}`, { name: 'other.png', content }))
      await world.runJobs()
      const names = await under.names()
      for (const name of namesOfMedia(media)) expect(names).not.toContain(name)
      expect(names).toEqual(expect.arrayContaining(namesOfMedia(replaced)))
      expect((await world.file(replaced.filename)).bytes.equals(content)).toBe(true)
    })

    it('go when the picture is cut anew, which changes its name', async () => {
      const media = await world.upload()
      const edits =
        'uploadEdits[crop][x]=0&uploadEdits[crop][y]=0&uploadEdits[crop][width]=50&uploadEdits[crop][height]=50'
      const query = `${edits}&uploadEdits[widthInPixels]=400&uploadEdits[heightInPixels]=350`
      const cut = docOf(
        await world.call('PATCH', `/media/${media.id}?${query}`, { by: world.operations, body: { alt: 'Cut' } }),
      )
      expect([cut.width, cut.height]).toEqual([400, 350])
      expect(cut.filename).not.toBe(media.filename)
      await world.runJobs()
      expect((await world.file(cut.filename)).bytes).toHaveLength(cut.filesize ?? -1)
      for (const name of namesOfMedia(media)) expect(await under.names()).not.toContain(name)
    })

    it('are not sent within a transaction of somebody’s: it would wait for the store', async () => {
      const before = await sorted()
      const content = await createPicture(20, 20)
      const file = { data: content, name: 'within.png', mimetype: 'image/png', size: content.length }
      const within = withTransaction(world.payload, (req) =>
        req.payload.create({ collection: 'media', data: { alt: 'Within' }, file, req }),
      )
      await expect(within).rejects.toThrow('cannot be part of a transaction: call it before, or after.')
      expect(await sorted()).toEqual(before)
    })

    it.each([
      ['the record is not valid', { alt: '' }, 400],
      ['the transaction does not commit', { alt: 'Refused at the end' }, 500],
    ])('go when %s', async (_when, data, status) => {
      const kept = await world.upload()
      const [before, count] = [await sorted(), await countMedia(world.payload)]
      const content = await createPicture()
      const client = await connectTo(world.database)
      await client.query(`
        CREATE FUNCTION refuse_media() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused''; END';
        CREATE CONSTRAINT TRIGGER refuse_media AFTER INSERT OR UPDATE ON media DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW WHEN (NEW.alt = 'Refused at the end') EXECUTE FUNCTION refuse_media()`)
      try {
        for (const to of ['/media', `/media/${kept.id}`]) {
          const answer = await world.send(to, { name: 'refused.png', content }, world.operations, data)
          expect(answer.status, answer.bytes.toString()).toBe(status)
        }
      } finally {
        await client.query('DROP TRIGGER refuse_media ON media; DROP FUNCTION refuse_media')
        await client.end()
      }
      await world.runJobs()
      expect([await sorted(), await countMedia(world.payload)]).toEqual([before, count])
      expect((await world.file(kept.filename)).status).toBe(200)
    })

    it('are tidied up a day after a crash, and nothing else is', async () => {
      const media = await world.upload()
      const store = await presentMediaStore()
      await store.put('crashed-0123456789abcdef.png', await createPicture(20, 20), 'image/png')
      await store.put('notes.txt', Buffer.from('not ours'), 'text/plain')
      await tidyMedia(world.payload)
      expect(await under.names()).toContain('crashed-0123456789abcdef.png')
      await tidyMedia(world.payload, { now: Date.now() + 2 * dayMs })
      const names = await under.names()
      expect(names).not.toContain('crashed-0123456789abcdef.png')
      expect(names).toEqual(expect.arrayContaining(['notes.txt', ...namesOfMedia(media)]))
    })
  })

  it('a process that is killed at any step of it leaves no picture without its files, and no file for more than a day', async () => {
    const store = await presentMediaStore()
    const { put, remove } = store
    Object.assign(store, { put: withSteps(put), remove: withSteps(remove) })
    const plain = await createPicture(700, 20)
    const first = await world.upload({}, 'first.png', plain)
    try {
      let hasEnded = false
      for (let steps = 1; !hasEnded; steps++) {
        expect(steps).toBeLessThan(60)
        const upload = killedAfter(steps, () =>
          world.send(`/media/${first.id}`, { name: `n${steps}.png`, content: plain }),
        )
        hasEnded = await upload.then(
          ({ status }) => status === 200,
          (error: unknown) => {
            if (!(error instanceof Crashed)) throw error
            return false
          },
        )
        const present = await world.payload.findByID({ collection: 'media', id: first.id })
        for (const name of namesOfMedia(present)) expect(await under.names(), `killed after ${steps}`).toContain(name)
      }
    } finally {
      Object.assign(store, { put, remove })
    }
    await world.runJobs()
    await tidyMedia(world.payload, { now: Date.now() + 2 * dayMs })
    const { docs } = await world.payload.find({ collection: 'media', pagination: false })
    expect((await sorted()).filter((name) => name !== 'notes.txt')).toEqual(docs.flatMap(namesOfMedia).sort())
  })

  describe('while storing fails', () => {
    it.each(Object.keys(under.faults))('because %s, there is neither a picture nor a file', async (name) => {
      const kept = await world.upload()
      const [before, count] = [await sorted(), await countMedia(world.payload)]
      const end = under.faults[name]?.() ?? (() => undefined)
      try {
        const content = await createPicture()
        const [made, replaced] = [
          await world.send('/media', { name: 'lost.png', content }),
          await world.send(`/media/${kept.id}`, { name: 'lost.png', content }),
        ]
        for (const answer of [made, replaced]) {
          expect([answer.status, answer.bytes.toString()]).toEqual([
            503,
            expect.stringContaining('The picture could not be stored, and nothing of it was kept.'),
          ])
        }
      } finally {
        end()
      }
      expect(await countMedia(world.payload)).toBe(count)
      await world.runJobs()
      await tidyMedia(world.payload, { now: Date.now() + 2 * dayMs })
      expect((await sorted()).filter((one) => one !== 'notes.txt')).toEqual(before.filter((one) => one !== 'notes.txt'))
      expect((await world.file(kept.filename)).status).toBe(200)
    })
  })

  it('lists what it has in pages that go on where they ended', async () => {
    const store = await presentMediaStore()
    const { files } = await store.list()
    const names = files.map(({ name }) => name)
    expect(names).toEqual(await sorted())
    const rest = await store.list(names[1])
    expect(rest.files.map(({ name }) => name)).toEqual(names.slice(2))
    const content = await store.open(names[0] ?? '')
    expect(content && (await buffer(content))).toHaveLength(files[0]?.size ?? -1)
  })

  more(() => world)
}
