import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { describeMediaStore } from '../../support/describe-media-store'
import { docOf, openMediaWorld } from '../../support/media-world'
import { createTemporaryFolder } from '../../support/temporary-folder'

const folder = path.join(await createTemporaryFolder(), 'media')

/** The kernel lets this process write files of so many bytes at most, so a larger one ends in the middle, as on a full disk. */
const limitFiles = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`])

describe('media in a folder', () => {
  describeMediaStore(
    {
      env: { MEDIA_DIR: folder },
      open: openMediaWorld,
      names: async () => (existsSync(folder) ? readdir(folder) : []),
      read: (name) => readFile(path.join(folder, name)),
      faults: {
        'the disk takes no more': () => {
          limitFiles(40_000)
          return () => limitFiles('unlimited')
        },
      },
    },
    (world) => {
      const kinds = [
        ['jpeg', 'image/jpeg', 'jpg'],
        ['png', 'image/png', 'png'],
        ['webp', 'image/webp', 'webp'],
        ['avif', 'image/avif', 'avif'],
      ] as const

      /** As a telephone takes it: lying on its side, with its place and owner. */
      const fromCamera = (kind: (typeof kinds)[number][0]) =>
        sharp({ create: { width: 90, height: 30, channels: 3, background: '#c33' } })
          .withExif({
            IFD0: { Copyright: 'OWNER-OF-IT' },
            IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
          })
          .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">OWNER-OF-IT</x:xmpmeta>')
          .toFormat(kind)
          .toBuffer()

      it.each(kinds)(
        'a %s tells nothing but what is seen in it, and neither do its sizes',
        async (kind, mimeType, end) => {
          const sent = await fromCamera(kind)
          expect((await sharp(sent).metadata()).exif).toBeDefined()
          const media = docOf(await world().send('/media', { name: `Portrait.jpeg`, content: sent }))
          expect(media).toMatchObject({ mimeType, filename: expect.stringMatching(new RegExp(`\\.${end}$`)) as string })
          for (const { filename } of [media, ...Object.values(media.sizes ?? {})]) {
            if (!filename) continue
            const { bytes } = await world().file(filename)
            const { exif, xmp, iptc, orientation } = await sharp(bytes).metadata()
            expect({ exif, xmp, iptc, orientation }).toEqual({})
            expect(bytes.includes('OWNER-OF-IT')).toBe(false)
          }
        },
      )

      it('a picture that lies on its side is set upright', async () => {
        const sent = await sharp(await fromCamera('jpeg'))
          .withMetadata({ orientation: 6 })
          .jpeg()
          .toBuffer()
        expect(docOf(await world().send('/media', { name: 'side.jpg', content: sent }))).toMatchObject({
          width: 30,
          height: 90,
        })
      })

      it('what stands behind a picture is gone, and what is none is refused', async () => {
        const png = await fromCamera('png')
        const both = Buffer.concat([png, Buffer.from('<script>alert(1)</script>')])
        const media = docOf(await world().send('/media', { name: 'both.png', content: both }))
        expect((await world().file(media.filename)).bytes.includes('<script>')).toBe(false)
        const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
        const wrong: [string, Buffer][] = [
          ['a page', Buffer.from('<html><script>alert(1)</script></html>')],
          ['an SVG', Buffer.from(svg)],
          ['a GIF', await sharp(png).gif().toBuffer()],
          ['a TIFF', await sharp(png).tiff().toBuffer()],
          ['half a picture', png.subarray(0, 60)],
          [
            'a picture that would fill the memory',
            await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#fff' } })
              .png()
              .toBuffer(),
          ],
        ]
        for (const [what, content] of wrong) {
          const answer = await world().send('/media', { name: 'a.png', content })
          expect([what, answer.status]).toEqual([what, 400])
          expect(answer.json()).toMatchObject({
            errors: [{ data: { code: 'invalid_request', errors: [{ path: 'file' }] } }],
          })
        }
      })

      it('pictures from before are drawn anew by the command, once', async () => {
        const [{ cleanMedia }, { presentMediaStore }] = await Promise.all([
          import('#media/clean-media'),
          import('#media/present-media-store'),
        ])
        const store = await presentMediaStore()
        const media = await world().upload()
        const old = await fromCamera('png')
        const asBefore = {
          ...store,
          open: async (name: string): Promise<Readable | undefined> =>
            name === media.filename ? (await import('node:stream')).Readable.from([old]) : store.open(name),
        }
        const { cleaned } = await cleanMedia(world().payload, asBefore)
        expect(cleaned).toBe(1)
        const now = await world().payload.findByID({ collection: 'media', id: media.id })
        expect(now).toMatchObject({ width: 90, height: 30, alt: media.alt })
        expect((await sharp((await world().file(now.filename)).bytes).metadata()).exif).toBeUndefined()
        expect((await cleanMedia(world().payload, store)).cleaned).toBe(0)
        await world().runJobs()
        expect(await store.sizeOf(media.filename ?? '')).toBeUndefined()
      })
    },
  )
})
