/** Windows of one browser tell each other here. */
const channel = 'parley-logged-in-again'

/** Where somebody logs in again who is logged in. `back`: path and query of a page of ours that follows. */
export const logInAgainPath = (back: string): string =>
  `/account/login?${new URLSearchParams({ again: '1', redirect: back }).toString()}`

/** The page that such a login leads to in a window of its own: it tells the others, and closes itself. */
export const loggedInAgainPath = '/account/again'

/** Lets the windows know in which somebody waits for it. */
export const tellLoggedInAgain = (): void => {
  const told = new BroadcastChannel(channel)
  told.postMessage('')
  told.close()
}

/** @returns how to stop listening. */
export const onLoggedInAgain = (follow: () => void): (() => void) => {
  const heard = new BroadcastChannel(channel)
  heard.addEventListener('message', follow)
  return () => heard.close()
}
