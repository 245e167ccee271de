/**
 * Puts what was chosen into the address without asking the server for the page again: it is the same page, and everything
 * that depends on the choice is read from the API. `useSearchParams` follows.
 */
export const replaceAddress = (url: string): void => window.history.replaceState(null, '', url)
