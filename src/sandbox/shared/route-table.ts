type TableRoute = {
  method: string
  /** `:name` stands for one segment. */
  path: string
}

export type FoundRoute<Route> = { route: Route; segments: string[] }

const decodeOnce = (segment: string): string => decodeURIComponent(segment)

const decodeAll = (segments: readonly string[], decode: (segment: string) => string): string[] | undefined => {
  try {
    return segments.map(decode)
  } catch {
    return undefined
  }
}

/**
 * Finds the route of a call: the first whose method and path fit.
 * @param decode reads a segment; when it throws, the route does not fit.
 */
export const createRouteTable = <Route extends TableRoute>(
  routes: readonly Route[],
  decode: (segment: string) => string = decodeOnce,
): ((method: string, pathname: string) => FoundRoute<Route> | undefined) => {
  const entries = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll('.', String.raw`\.`).replaceAll(/:\w+/g, '([^/]+)')}$`),
  }))
  return (method, pathname) => {
    for (const { route, pattern } of entries) {
      const match = route.method === method ? pattern.exec(pathname) : null
      const segments = match && decodeAll(match.slice(1), decode)
      if (segments) return { route, segments }
    }
    return undefined
  }
}
