import type { MessageContent } from '../../render/message-content'
import { toPlainText } from './to-plain-text'

/** A message as HTML, and as text for who does without. */
export const renderMailBody = async (content: MessageContent): Promise<{ html: string; text: string }> => {
  // The layout and its library cost half a second to load: only who writes mails pays for it.
  const { renderLayout } = await import('./templates/render-layout')
  return { html: await renderLayout(content), text: toPlainText(content) }
}
