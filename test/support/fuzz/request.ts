/** Who sends a request; `guest` shows the token of a booking, `broken` a login that is none. */
export const fuzzRoles = ['nobody', 'guest', 'broken', 'customer', 'consultant', 'operations', 'admin'] as const

export type FuzzRole = (typeof fuzzRoles)[number]

/** One request as it goes out: `target` is path and query, below the server's address. */
export type FuzzRequest = {
  role: FuzzRole
  method: string
  target: string
  headers: Readonly<Record<string, string>>
  body?: string
}

/** As somebody would type it again. */
export const showRequest = ({ role, method, target, headers, body }: FuzzRequest): string =>
  [
    `${role}: ${method} ${target}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [body.length > 600 ? `${body.slice(0, 600)}… (${body.length})` : body]),
  ].join(' | ')
