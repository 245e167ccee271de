import { settings } from '#settings'

/** Somebody who vouches for who people are, as it is set up here. */
export type OpenidProvider = (typeof settings.openid.providers)[number]

/** Those that are set up, in the order of their buttons. */
export const openidProviders = (): readonly OpenidProvider[] => settings.openid.providers

/** By its name in addresses. */
export const findOpenidProvider = (name: string): OpenidProvider | undefined =>
  openidProviders().find((provider) => provider.name === name)

/** Where a provider leads back to; to be registered there. */
export const openidRedirectUri = ({ name }: OpenidProvider): string =>
  `${settings.serverUrl}/api/account/openid/${name}/callback`
