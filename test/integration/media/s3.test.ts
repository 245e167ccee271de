import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { cleanUpLater } from '../../support/clean-up'
import { connectTo } from '../../support/database'
import { describeMediaStore } from '../../support/describe-media-store'
import { createPicture, docOf, openMediaWorld } from '../../support/media-world'
import { openS3Server, type S3Fault } from '../../support/s3-server'
import { createTemporaryFolder } from '../../support/temporary-folder'

const s3 = await openS3Server()
const folder = await createTemporaryFolder()

const whileStoring =
  (fault: S3Fault, ...methods: string[]) =>
  () => {
    s3.set(fault, ...methods)
    return () => s3.set('none')
  }

describe('media in S3', () => {
  describeMediaStore(
    {
      env: { ...s3.env, MEDIA_DIR: folder },
      open: openMediaWorld,
      names: s3.names,
      read: s3.read,
      faults: {
        'S3 answers 500': whileStoring('fails', 'PUT'),
        'the answers of S3 are lost': whileStoring('lost', 'PUT'),
        'S3 is away altogether': whileStoring('fails'),
        'S3 stores and then answers nothing to anything': whileStoring('lost'),
      },
    },
    (world) => {
      afterEach(() => {
        s3.set('none')
        s3.release()
      })

      const soon = { timeout: 15_000 }
      const putsSince = (before: number) => s3.requests.slice(before).filter((request) => request.startsWith('PUT'))

      it('sends nothing for whoever may not write', async () => {
        const theirs = await world().upload()
        const before = s3.requests.length
        const file = { name: 'forbidden.png', content: await createPicture(20, 20) }
        expect((await world().send(`/media/${theirs.id}`, file, world().somebody)).status).toBe(403)
        const form = new FormData()
        form.set('_payload', JSON.stringify({ alt: 'Of nobody' }))
        form.set('file', new Blob([new Uint8Array(file.content)], { type: 'image/png' }), file.name)
        expect((await world().call('POST', '/media', { body: form })).status).toBe(403)
        const many = await world().send(`/media?where[id][equals]=${theirs.id}`, file)
        expect([many.status, many.bytes.toString()]).toEqual([
          400,
          expect.stringContaining('Only one picture can be cut or replaced at a time.'),
        ])
        expect(s3.requests.slice(before)).toEqual([])
      })

      it('has no transaction open while it waits for S3, however many pictures do', async () => {
        const client = await connectTo(world().database)
        cleanUpLater(() => client.end())
        const open = async () => {
          const { rows } = await client.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
          )
          return rows.length
        }
        const content = await createPicture(20, 20)
        const replaced = await world().upload({}, 'replaced.png', content)
        const cut = await world().upload({}, 'cut.png', await createPicture(800, 20))
        const crop = '[x]=0&[y]=0&[width]=50&[height]=50'.replaceAll('[', 'uploadEdits[crop][')
        const edits = `${crop}&uploadEdits[widthInPixels]=400&uploadEdits[heightInPixels]=10`
        const body = { alt: 'Cut' }

        s3.set('waits', 'GET', 'PUT')
        const before = s3.requests.length
        const reading = world().call('PATCH', `/media/${cut.id}?${edits}`, { by: world().operations, body })
        await expect.poll(() => s3.requests.length, soon).toBe(before + 1)
        expect(await open()).toBe(0)
        s3.set('waits', 'PUT')
        s3.release()
        await expect.poll(() => putsSince(before).length, soon).toBeGreaterThan(0)
        expect(await open()).toBe(0)

        // More than there are connections.
        const others = Array.from({ length: 11 }, (_, at) =>
          world().send('/media', { name: `other-${at}.png`, content }),
        )
        const replacing = world().send(`/media/${replaced.id}`, { name: 'with.png', content })
        await expect.poll(() => putsSince(before).length, soon).toBeGreaterThanOrEqual(1 + 11 + 1)
        expect(await open()).toBe(0)
        s3.set('none')
        s3.release()
        const ends = await Promise.all([reading, replacing, ...others])
        expect(ends.map(({ status }) => status)).toEqual([200, 200, ...others.map(() => 201)])
      })

      it('gives a picture the file that came first: a later change of what was before is refused', async () => {
        const content = await createPicture(20, 20)
        const media = await world().upload({}, 'before.png', content)
        const gone = await world().upload({}, 'gone.png', content)
        s3.set('waits', 'PUT')
        const before = s3.requests.length
        const late = world().send(`/media/${media.id}`, { name: 'late.png', content })
        const tooLate = world().send(`/media/${gone.id}`, { name: 'too-late.png', content })
        await expect.poll(() => putsSince(before).length, soon).toBe(2)
        s3.set('none')
        const first = docOf(await world().send(`/media/${media.id}`, { name: 'first.png', content }))
        await world().call('DELETE', `/media/${gone.id}`, { by: world().operations })
        s3.release()
        expect((await late).bytes.toString()).toContain('Somebody has given the picture another file meanwhile.')
        expect([(await late).status, (await tooLate).status]).toEqual([409, 404])
        await world().runJobs()
        expect((await world().file(first.filename)).status).toBe(200)
        const names = await s3.names()
        expect(names.filter((name) => /^(before|late|gone|too-late)-/.test(name))).toEqual([])
      })

      it('asks S3 for nothing when a caller has the file, or may not have it', async () => {
        const open = await world().upload()
        const closed = await world().upload({ isPublic: false })
        const etag = (await world().file(open.filename)).headers.get('etag') ?? ''
        const before = s3.requests.length
        await world().file(open.filename, { 'If-None-Match': etag })
        await world().file(closed.filename)
        expect(s3.requests.slice(before)).toEqual([])
      })

      it('says that pictures cannot be read while S3 is away, which no cache keeps, and operations see it', async () => {
        const { countCallsIn } = await import('#providers/provider-database')
        const { createLocalReq } = await import('payload')
        const { readProviderHealth } = await import('#desk/health/read-provider-health')
        countCallsIn(world().payload)
        const media = await world().upload()
        s3.set('fails')
        const answer = await world().file(media.filename)
        s3.set('none')
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10'])
        expect(answer.bytes.toString()).toContain('Pictures cannot be read at this moment.')
        expect(answer.headers.get('cache-control') ?? 'no-store').toContain('no-store')
        const req = await createLocalReq({}, world().payload)
        await expect
          .poll(async () => (await readProviderHealth(req, Date.now())).find(({ name }) => name === 's3'))
          .toMatchObject({ label: 'S3', state: 'failing', text: 'S3 answered 500 (InternalError).' })
      })

      it('is filled from the folder by a command, which goes on where it was', async () => {
        const [{ copyMedia }, { mediaFolder, presentMediaStore }] = await Promise.all([
          import('#media/copy-media'),
          import('#media/present-media-store'),
        ])
        const store = await presentMediaStore()
        const made = [await world().upload(), await world().upload()]
        for (const { filename } of made) {
          const content = await s3.read(filename ?? '')
          await writeFile(path.join(folder, filename ?? ''), content)
          await store.remove(filename ?? '')
        }
        const stores = { from: mediaFolder(), to: store }
        s3.set('fails', 'PUT')
        await expect(copyMedia(world().payload, stores)).rejects.toThrow('S3 answered 500')
        s3.set('none')
        const reports: string[] = []
        const first = await copyMedia(world().payload, stores, ({ pictures, of }) => reports.push(`${pictures}/${of}`))
        expect([first.copied, first.missing]).toEqual([2, []])
        const again = await copyMedia(world().payload, stores)
        expect([again.copied, again.present]).toEqual([0, first.copied + first.present])
        expect(reports.at(-1)).toMatch(/^(\d+)\/\1$/)
        for (const { filename } of made) expect((await world().file(filename)).status).toBe(200)
        const lost = await world().upload({}, 'small.png', await createPicture(100, 100))
        await store.remove(lost.filename ?? '')
        expect((await copyMedia(world().payload, stores)).missing).toEqual([lost.filename])
        await world().call('DELETE', `/media/${lost.id}`, { by: world().operations })
      })
    },
  )
})
