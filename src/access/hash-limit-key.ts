import { createHmac } from 'node:crypto'
import { settings } from '#settings'

/**
 * What is counted under a key in the database. Neither addresses nor e-mail addresses are stored; there are few of the former, so a plain hash
 * would not hide them.
 */
export const hashLimitKey = (key: string, length = 22): string =>
  createHmac('sha256', settings.payloadSecret).update(`rate-limit:${key}`).digest('base64url').slice(0, length)
