import type { StoredEmail } from '#sandbox/resend/sandbox-state'
import { type ResendSandbox, startResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import { cleanUpLater } from './clean-up'

/** A Resend of this test file alone, and the environment that points Parley at it. */
export const openResendSandbox = async (
  options: { perSecond?: number; keptEmails?: number } = {},
): Promise<{ resend: ResendSandbox; env: Record<string, string> }> => {
  const resend = await startResendSandbox({ port: 0, apiKey: 're_test', ...options })
  cleanUpLater(() => resend.close())
  return { resend, env: { RESEND_API_KEY: 're_test', RESEND_BASE_URL: resend.url } }
}

/** The first attachment as text; lines that iCalendar folded are whole again. */
export const calendarOf = (mail: StoredEmail | undefined): string =>
  Buffer.from(mail?.attachments[0]?.content ?? '', 'base64')
    .toString('utf8')
    .replace(/\r\n[ \t]/g, '')

/** The first link in the plain text that matches. */
export const linkIn = (mail: StoredEmail | undefined, pattern: RegExp): URL => {
  const found = (mail?.text ?? '').match(/https?:\/\/\S+/g)?.find((link) => pattern.test(link))
  if (!found) throw new Error(`No link ${String(pattern)} in: ${mail?.subject ?? 'no mail'}`)
  return new URL(found)
}

/** Which message a mail is, and for whom. */
export const kindOf = (mail: StoredEmail | undefined): string =>
  ['kind', 'audience'].map((name) => mail?.tags.find((tag) => tag.name === name)?.value).join('/')
