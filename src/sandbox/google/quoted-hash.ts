import { createHash } from 'node:crypto'

/** An etag for what has no versions: the same content, the same tag. */
export const quotedHash = (content: unknown): string =>
  `"${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)}"`
