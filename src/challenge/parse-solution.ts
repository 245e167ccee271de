import { z } from 'zod'

/** What somebody found, with the challenge that they were given. */
export type Solution = {
  algorithm: 'SHA-256'
  challenge: string
  number: number
  salt: string
  signature: string
}

const shape = z.object({
  algorithm: z.literal('SHA-256'),
  challenge: z.string().regex(/^[0-9a-f]{64}$/),
  number: z.int().min(0).max(10_000_000),
  salt: z.string().max(200),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
})

const longestHeader = 2_000

/** The header as ALTCHA's clients write it (JSON in base64), or the same JSON as it is. Undefined when it is neither. Pure. */
export const parseSolution = (header: string): Solution | undefined => {
  if (header.length > longestHeader) return undefined
  const text = header.trimStart().startsWith('{') ? header : Buffer.from(header, 'base64').toString('utf8')
  try {
    return shape.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
