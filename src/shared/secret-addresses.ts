/** Parameters of addresses whose values open something, or are exchanged for what does. */
export const secretParameters: readonly string[] = [
  ...['token', 'key', 'code', 'state', 'hold', 'holdToken', 'invite'],
  ...['access_token', 'id_token', 'refresh_token', 'client_secret', 'secret', 'password', 'signature'],
]

/** Paths that go on with a secret: the token of a hold or a feed, of a new login, of a new password. To be put before a pattern of that secret. */
export const secretPaths = String.raw`\/(?:booking\/holds|calendar\/feeds|users\/verify|admin\/reset|admin\/users\/verify)\/`

/** Pages whose fragment holds a token, or that are somebody's own. */
const privatePages = /^\/(?:booking|requests|account)(?:\/|$)/

const secretPath = new RegExp(`${secretPaths}[^/?#]`, 'i')

/** Whether nobody may be told that a visitor comes from there. @param url path and query, as a server is sent it. */
export const isSecretAddress = (url: string): boolean => {
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  if (privatePages.test(path) || secretPath.test(path)) return true
  return [...new URLSearchParams(query).keys()].some((name) => secretParameters.includes(name))
}
