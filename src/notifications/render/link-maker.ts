import { settings } from '#settings'
import type { LinkMaker } from './compose-links'

/** Links of this installation. */
export const linkMaker: LinkMaker = { serverUrl: settings.serverUrl, secret: settings.payloadSecret }
