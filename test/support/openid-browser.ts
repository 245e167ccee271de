import type { RestAnswer, RestClient } from './rest-client'

/** A browser, as far as signing in with a provider needs one: it keeps cookies, and goes where it is led. */
export type OpenidBrowser = ReturnType<typeof createOpenidBrowser>

/** @param api ours, below `serverUrl`; everything else is asked over the network. */
export const createOpenidBrowser = (api: RestClient, serverUrl: string) => {
  const jars = new Map<string, Map<string, string>>()
  const keep = (origin: string, headers: Headers) => {
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0\b/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
  }
  const cookiesOf = (origin: string): Record<string, string> => {
    const cookies = [...(jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
    return cookies === '' ? {} : { Cookie: cookies }
  }
  const ours = `${serverUrl}/api`
  const open = async (address: string): Promise<Pick<RestAnswer, 'status' | 'headers' | 'text'>> => {
    const { origin } = new URL(address)
    if (address.startsWith(ours)) {
      // A link of ours is followed from a page of ours; the way back begins elsewhere.
      const site = address.includes('/callback?') ? 'cross-site' : 'same-origin'
      const headers = { ...cookiesOf(origin), 'User-Agent': 'Firefox', 'Sec-Fetch-Site': site }
      const answer = await api.get(address.slice(ours.length), headers)
      keep(origin, answer.headers)
      return answer
    }
    const answer = await fetch(address, { redirect: 'manual', headers: cookiesOf(origin) })
    keep(origin, answer.headers)
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  return {
    open,
    /** Follows redirects until something is shown, or until it is led to `until`. @returns that address, and what was shown. */
    go: async (address: string, until = /^$/) => {
      let at = address
      for (let step = 0; step < 12; step++) {
        if (until.test(at)) return { address: at, answer: undefined }
        const answer = await open(at)
        const location = answer.headers.get('location')
        if (location === null) return { address: at, answer }
        at = new URL(location, at).href
        // Pages of the site are not served here.
        if (at.startsWith(serverUrl) && !at.startsWith(ours)) return { address: at, answer: undefined }
      }
      throw new Error(`It leads on and on, at last to ${at}`)
    },
    /** Forgets who it was elsewhere, as somebody who logs out there. */
    leaveOthers: () =>
      [...jars.keys()].filter((origin) => !serverUrl.startsWith(origin)).forEach((one) => jars.delete(one)),
    /** As if it had been given these cookies by us. */
    put: (cookies: Readonly<Record<string, string>>) =>
      Object.entries(cookies).forEach(([name, value]) =>
        keep(new URL(serverUrl).origin, new Headers({ 'Set-Cookie': `${name}=${value}` })),
      ),
    cookies: () => cookiesOf(new URL(serverUrl).origin),
    /** Whose login it has; undefined for nobody. */
    who: async (): Promise<string | undefined> => {
      const me = await api.get('/users/me', { ...cookiesOf(new URL(serverUrl).origin), Origin: serverUrl })
      return me.json.user?.email
    },
    /** As a page of ours would. */
    post: async (path: string, body: unknown = {}) => {
      const { origin } = new URL(serverUrl)
      const answer = await api.post(path, body, { ...cookiesOf(origin), Origin: serverUrl })
      keep(origin, answer.headers)
      return answer
    },
    get: (path: string) => api.get(path, { ...cookiesOf(new URL(serverUrl).origin), Origin: serverUrl }),
    del: (path: string) => api.del(path, { ...cookiesOf(new URL(serverUrl).origin), Origin: serverUrl }),
  }
}
