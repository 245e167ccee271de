import { z } from 'zod'
import { validationFailed } from '../refusal'

/** The parameters of every list. */
export const pageParams = {
  page_size: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((size) => size >= 1 && size <= 300)
    .optional(),
  next_page_token: z.string().optional(),
}

const readToken = (token: string): number => {
  const start = Number(Buffer.from(token, 'base64url').toString('utf8'))
  if (!Number.isInteger(start) || start < 0) {
    throw validationFailed([{ field: 'next_page_token', message: 'The next page token is invalid or expired.' }])
  }
  return start
}

/** One page of a list, as Zoom cuts it. @throws Refusal for a token that is none. */
export const cutPage = <T>(
  all: readonly T[],
  query: { page_size?: number | undefined; next_page_token?: string | undefined },
): { items: T[]; page: { page_size: number; total_records: number; next_page_token: string } } => {
  const size = query.page_size ?? 30
  const start = query.next_page_token ? readToken(query.next_page_token) : 0
  const end = start + size
  return {
    items: all.slice(start, end),
    page: {
      page_size: size,
      total_records: all.length,
      next_page_token: end < all.length ? Buffer.from(String(end)).toString('base64url') : '',
    },
  }
}
