/** What a request for a file says of it. */
export type MediaRequestHeaders = {
  range?: string | null | undefined
  ifNoneMatch?: string | null | undefined
  ifRange?: string | null | undefined
}

/** What is answered: the whole file, a part of it, that it has not changed, or that there is no such part. Both ends are included. */
export type MediaAnswer =
  { status: 200 } | { status: 206; start: number; end: number } | { status: 304 } | { status: 416 }

const namesTag = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag)

/**
 * Goes by RFC 9110: what the caller has already comes before the part that it asks for, and a part of something else is not sent.
 * Of several parts the first one is sent.
 * @param file.size bytes.
 */
export const decideMediaAnswer = (
  { range, ifNoneMatch, ifRange }: MediaRequestHeaders,
  file: { etag: string; size: number },
): MediaAnswer => {
  if (ifNoneMatch && namesTag(ifNoneMatch, file.etag)) return { status: 304 }
  if (!range || (ifRange && ifRange.trim() !== file.etag)) return { status: 200 }
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*(?:,|$)/.exec(range) ?? []
  if (!first && !last) return { status: 416 }
  const end = first && last ? Math.min(Number(last), file.size - 1) : file.size - 1
  const start = first ? Number(first) : Math.max(0, file.size - Number(last))
  return start > end || (!first && Number(last) === 0) ? { status: 416 } : { status: 206, start, end }
}
