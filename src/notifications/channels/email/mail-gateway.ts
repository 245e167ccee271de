import { settings } from '#settings'
import { createResendGateway, type MailGateway } from './resend/resend-gateway'

let gateway: MailGateway | undefined

/**
 * The way out for mails, as the settings say.
 * @throws Error without a key; the start command always sets one, that of the sandbox if there is no other.
 */
export const mailGateway = (): MailGateway => {
  const { apiKey, baseUrl, from } = settings.resend
  if (!apiKey) throw new Error('RESEND_API_KEY is not set: mails wait in the queue until it is.')
  return (gateway ??= createResendGateway({ apiKey, baseUrl, from }))
}
