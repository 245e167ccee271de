import { isInWebProcess } from '#shared/web-process'

/**
 * Next calls this before it answers anything. Under a server that is not ours (`next start`, a serverless host) pages would have no content
 * security policy, logins no limits and requests no caller's address, so it ends there.
 */
export const register = (): void => {
  // eslint-disable-next-line no-restricted-properties -- No setting: Next puts its value here when it builds.
  if (process.env.NEXT_RUNTIME !== 'nodejs' || isInWebProcess()) return
  process.stderr.write(
    'Parley does not run under `next start` or another server than its own, which guards logins, headers and bodies. Start `npm run serve` (or `npm start`) instead.\n',
  )
  process.exit(1)
}

/** Next says nothing of an error that ends a page, as it is told to be quiet: without this the log would hold its status alone. */
export const onRequestError = (error: unknown): void => {
  // The process makes a line of the log of it, with the request that it belongs to.
  console.error('A page could not be rendered', error)
}
