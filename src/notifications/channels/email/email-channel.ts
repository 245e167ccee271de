import { defineChannel } from '../../channel'
import { composeMail } from './compose-mail'
import { isMailWanted } from './is-mail-wanted'

/** Loaded by who sends: the table of channels is read by every process. */
const loadGateway = async () => (await import('./mail-gateway')).mailGateway()

/** Mails, through Resend. */
export const emailChannel = defineChannel({
  label: { en: 'E-mail', de: 'E-Mail' },
  requireReady: async () => {
    await loadGateway()
  },
  addressOf: ({ email }) => email,
  isWanted: ({ preferences }, category) => isMailWanted(preferences, category),
  compose: composeMail,
  send: async (mail, { idempotencyKey }) => (await loadGateway()).send({ ...mail, idempotencyKey }),
})
