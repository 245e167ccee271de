const anywhere = 'http://localhost'

/**
 * Where to go once somebody is logged in, as an address says that anybody may have made up: a page of this very server, else the page of the account.
 * @param redirect path and query.
 */
export const wayOn = (redirect: string | undefined): string => {
  if (redirect === undefined || !redirect.startsWith('/') || !URL.canParse(redirect, anywhere)) return '/account'
  const { origin, pathname, search } = new URL(redirect, anywhere)
  // `//host` and `/\host` are other hosts for a browser.
  return origin === anywhere && !pathname.startsWith('//') ? `${pathname}${search}` : '/account'
}
