import type { ServerResponse } from 'node:http'
import { withVary } from './cors'
import { privateVary } from './security-headers'

/**
 * Pages, and the parts of them that the router of Next asks for, are their visitor's: no cache keeps them, whatever Next says. Its scripts and styles
 * are everybody's.
 * @param page.isMissing what it is about is not there, which the page says by itself.
 */
export const keepPrivate = (to: ServerResponse, { isMissing }: { isMissing: boolean }): void => {
  const { writeHead } = to
  Object.assign(to, {
    writeHead: (status: number, ...rest: unknown[]): unknown => {
      const type = String(to.getHeader('Content-Type') ?? '')
      const isPage = /^text\/(?:html|x-component)/.test(type)
      // A redirect goes by who asks as well.
      if (isPage || (status >= 300 && status !== 304)) {
        to.setHeader('Cache-Control', 'private, no-store')
        const vary = [to.getHeader('Vary')].flat().filter(Boolean).join(', ')
        to.setHeader('Vary', withVary(vary, ...privateVary.split(', ')))
      }
      return Reflect.apply(writeHead, to, [isPage && isMissing && status === 200 ? 404 : status, ...rest])
    },
  })
}
