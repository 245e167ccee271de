import { match } from 'path-to-regexp'
import type { Endpoint, Payload } from 'payload'

type Route = { method: string; path: string; match: (path: string) => unknown }

const compile = (endpoints: readonly Omit<Endpoint, 'root'>[] | false | undefined, base: string): Route[] =>
  (endpoints || []).map(({ method, path }) => ({
    method: method.toUpperCase(),
    path: `${base}${path === '/' ? '' : path}`,
    match: match(path),
  }))

/**
 * How the routes that Payload's own router serves are called, without what stands in them: `PATCH /users/:id`. What leads nowhere has one
 * name, so that there are never more of them than routes.
 */
export const createRouteNames = ({ config }: Payload): ((method: string, path: string) => string) => {
  const byBase = new Map<string, Route[]>([
    ...config.collections.map(({ slug, endpoints }) => [`/${slug}`, compile(endpoints, `/${slug}`)] as const),
    ...config.globals.map(
      ({ slug, endpoints }) => [`/globals/${slug}`, compile(endpoints, `/globals/${slug}`)] as const,
    ),
  ])
  const others = compile(config.endpoints, '')
  return (method, path) => {
    const base = (/^\/globals\/[^/]+/.exec(path) ?? /^\/[^/]+/.exec(path))?.[0] ?? ''
    const routes = byBase.get(base)
    const rest = (routes ? path.slice(base.length) : path) || '/'
    const route = (routes ?? others).find((one) => one.method === method && one.match(rest))
    return `${method} ${route?.path ?? 'nowhere'}`
  }
}
