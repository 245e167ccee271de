import type { MessageContent } from '../../render/message-content'

/** The message for mail programs and people that do without HTML: the same words in the same order. */
export const toPlainText = (content: MessageContent): string => {
  const facts = content.facts.map(({ label, lines, detail, href }) => {
    const [first = '', ...rest] = href ? [href] : lines
    return [`${label}: ${first}`, ...[...rest, ...(detail ? [detail] : [])].map((line) => `  ${line}`)].join('\n')
  })
  return [
    content.heading,
    content.greeting,
    content.intro,
    ...content.paragraphs,
    content.quote?.replace(/^/gm, '> '),
    facts.join('\n'),
    content.action && `${content.action.label}:\n${content.action.href}`,
    ...content.notes,
    `-- \n${content.brandName}\n${content.foot}`,
  ]
    .filter((block): block is string => Boolean(block))
    .join('\n\n')
    .concat('\n')
}
