import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeMediaStore } from '../../support/describe-media-store'
import { createPicture, openMediaWorld } from '../../support/media-world'
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
