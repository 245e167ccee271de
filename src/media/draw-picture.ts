import sharp, { type Sharp } from 'sharp'
import { DomainError } from '#shared/errors'

export type DrawnPicture = { content: Buffer; mimeType: string; extension: string }

/** More makes a picture of some kilobytes fill the memory. Cameras of telephones take 50 million. */
const mostPixels = 60_000_000

type Kind = { mimeType: string; extension: string; draw: (picture: Sharp) => Sharp }

/** How each kind that is taken is written again. Of AVIF more effort would take half a minute. */
const kinds: Readonly<Record<string, Kind>> = {
  jpeg: { mimeType: 'image/jpeg', extension: 'jpg', draw: (picture) => picture.jpeg({ quality: 92 }) },
  png: { mimeType: 'image/png', extension: 'png', draw: (picture) => picture.png() },
  webp: { mimeType: 'image/webp', extension: 'webp', draw: (picture) => picture.webp({ quality: 92 }) },
  heif: { mimeType: 'image/avif', extension: 'avif', draw: (picture) => picture.avif({ quality: 65, effort: 2 }) },
}

const refusal = (message: string): DomainError =>
  new DomainError('invalid_request', `The file ${message}.`, { errors: [{ path: 'file', message }] })

/**
 * The same picture, drawn anew: upright, in the colours of screens, and with nothing else in it than what can be seen. Place, camera, author, preview,
 * comments and whatever stood behind the picture are gone.
 * @throws DomainError `invalid_request` for what is no picture of a kind that is taken.
 */
export const drawPicture = async (content: Buffer): Promise<DrawnPicture> => {
  if (!content.length) throw refusal('is empty')
  const open = (pages: boolean) => sharp(content, { limitInputPixels: mostPixels, failOn: 'error', animated: pages })
  const {
    format,
    compression,
    pages = 1,
    width,
    height,
  } = await open(false)
    .metadata()
    .catch(() => {
      throw refusal('must be a picture: JPEG, PNG, WebP or AVIF')
    })
  const kind = Object.hasOwn(kinds, format) ? kinds[format] : undefined
  if (!kind || (format === 'heif' && compression !== 'av1')) {
    throw refusal('must be a picture of another kind: JPEG, PNG, WebP or AVIF')
  }
  if (width * height * pages > mostPixels) throw refusal(`must have at most ${mostPixels / 1_000_000} million pixels`)
  // Only still pictures can lie on their side.
  const upright = pages > 1 ? open(true) : open(false).autoOrient()
  try {
    return { content: await kind.draw(upright).toBuffer(), mimeType: kind.mimeType, extension: kind.extension }
  } catch {
    throw refusal('cannot be read to its end: it is damaged. Save it anew and send it again')
  }
}

/** Whether a file tells more than what can be seen in it. What `drawPicture` makes does not. */
export const tellsMore = async (content: Buffer): Promise<boolean> => {
  const { exif, xmp, iptc, tifftagPhotoshop, comments, orientation } = await sharp(content).metadata()
  const isTurned = orientation !== undefined && orientation > 1
  return [exif, xmp, iptc, tifftagPhotoshop].some((part) => part !== undefined) || Boolean(comments?.length) || isTurned
}
