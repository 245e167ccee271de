import type { Answer } from './answer'
import type { PageLanguage } from './page-language'

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`)

/** How it is described. */
export const continuePageAnswer = {
  description: 'A page that goes on by itself',
  contentType: 'text/html',
  headers: { 'Content-Security-Policy': 'Nothing but the page itself' },
} as const

const words: Record<PageLanguage['language'], { title: string; link: string }> = {
  en: { title: 'One moment', link: 'Continue' },
  de: { title: 'Einen Moment', link: 'Weiter' },
}

/**
 * A page that goes on to `url` by itself. Who comes from another site is not logged in at the first address: the browser says
 * where they come from, and Payload's protection against forged requests leaves their cookie aside, also after a redirect. What
 * this page asks for comes from us. (The API's own policy would sandbox it, and then it would be nobody's page.)
 */
export const continuePage = (url: string, { language }: Pick<PageLanguage, 'language'>): Answer => {
  const href = escape(url)
  const { title, link } = words[language]
  return {
    status: 200,
    body: `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${href}"><title>${title}</title></head>
<body><p><a href="${href}">${link}</a></p></body>
</html>
`,
    contentType: 'text/html; charset=utf-8',
    headers: { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" },
  }
}
