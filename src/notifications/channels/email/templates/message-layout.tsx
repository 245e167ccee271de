import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from '@react-email/components'
import type { MessageContent, MessageFact } from '../../../render/message-content'

// Light colours stand inline, for programs that know nothing else; the style sheet turns them dark where that is asked for.
const colors = {
  page: '#f3f4f6',
  card: '#ffffff',
  text: '#1f2937',
  quiet: '#5b6472',
  line: '#e2e5ea',
  brand: '#1d4ed8',
}
const font = '-apple-system, BlinkMacSystemFont, Segoe UI, Roboto, Helvetica, Arial, sans-serif'

// Without quotes and angle brackets: React escapes them inside <style>.
const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .card { padding: 24px 20px !important; border-radius: 0 !important; }
  .outer { padding: 0 !important; }
  .fact-label, .fact-value { display: block !important; width: auto !important; }
  .fact-label { padding-bottom: 0 !important; border-bottom: 0 !important; }
  .fact-value { padding-top: 2px !important; }
  .action { display: block !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #111827 !important; }
  .page td { background-color: transparent !important; }
  .card { background-color: #1f2937 !important; border-color: #374151 !important; }
  .text { color: #f3f4f6 !important; }
  .quiet { color: #b6bdc9 !important; }
  .fact-label, .fact-value, .line { border-color: #374151 !important; }
  .quote { border-color: #60a5fa !important; }
  .brand { color: #93b4ff !important; }
}`

const paragraph = { color: colors.text, fontSize: '16px', lineHeight: '25px', margin: '0 0 16px' }
const quiet = { color: colors.quiet, fontSize: '14px', lineHeight: '21px', margin: '0 0 8px' }
const cell = {
  borderBottom: `1px solid ${colors.line}`,
  padding: '10px 0',
  fontSize: '15px',
  lineHeight: '22px',
  textAlign: 'left',
  verticalAlign: 'top',
} as const

const Fact = ({ label, lines, detail, href, isFormer }: MessageFact) => (
  <tr>
    <th
      scope="row"
      className="fact-label quiet"
      style={{ ...cell, color: colors.quiet, fontWeight: 400, width: '34%', paddingRight: '16px' }}
    >
      {label}
    </th>
    <td className="fact-value text" style={{ ...cell, color: colors.text, wordBreak: 'break-word' }}>
      {lines.map((line) => (
        <span
          key={line}
          style={{ display: 'block', ...(isFormer ? { textDecoration: 'line-through' } : { fontWeight: 600 }) }}
        >
          {href ? (
            <Link href={href} className="brand" style={{ color: colors.brand }}>
              {line}
            </Link>
          ) : (
            line
          )}
        </span>
      ))}
      {detail && (
        <span className="quiet" style={{ display: 'block', color: colors.quiet, fontSize: '14px' }}>
          {detail}
        </span>
      )}
    </td>
  </tr>
)

/** The one look of all mails: brand, headline, news, facts, one button. Every text is escaped by React. */
export const MessageLayout = ({ content }: { content: MessageContent }) => (
  <Html lang={content.language} dir="ltr">
    <Head>
      <title>{content.subject}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <style>{styleSheet}</style>
    </Head>
    <Preview>{content.intro}</Preview>
    <Body className="page" style={{ backgroundColor: colors.page, fontFamily: font, margin: 0, padding: 0 }}>
      <Container className="outer" style={{ maxWidth: '600px', padding: '32px 16px' }}>
        <Section
          className="card"
          style={{
            backgroundColor: colors.card,
            border: `1px solid ${colors.line}`,
            borderRadius: '12px',
            padding: '32px 40px',
          }}
        >
          <Text
            className="brand"
            style={{
              color: colors.brand,
              fontSize: '15px',
              fontWeight: 700,
              letterSpacing: '0.02em',
              margin: '0 0 20px',
            }}
          >
            {content.brandName}
          </Text>
          <Heading
            as="h1"
            className="text"
            style={{ color: colors.text, fontSize: '24px', lineHeight: '31px', fontWeight: 700, margin: '0 0 20px' }}
          >
            {content.heading}
          </Heading>
          <Text className="text" style={paragraph}>
            {content.greeting}
          </Text>
          {[content.intro, ...content.paragraphs].flatMap((block, blockIndex) =>
            block.split('\n').map((line, lineIndex) => (
              <Text key={`${blockIndex}.${lineIndex}`} className="text" style={paragraph}>
                {line}
              </Text>
            )),
          )}
          {content.quote && (
            <Text
              className="text quote"
              style={{
                ...paragraph,
                borderLeft: `3px solid ${colors.brand}`,
                paddingLeft: '16px',
                whiteSpace: 'pre-line',
              }}
            >
              {content.quote}
            </Text>
          )}
          {content.facts.length > 0 && (
            <table
              width="100%"
              cellPadding={0}
              cellSpacing={0}
              style={{ borderCollapse: 'collapse', margin: '8px 0 24px' }}
            >
              <tbody>
                {content.facts.map((fact) => (
                  <Fact key={fact.label} {...fact} />
                ))}
              </tbody>
            </table>
          )}
          {content.action && (
            <Button
              href={content.action.href}
              className="action"
              style={{
                backgroundColor: colors.brand,
                borderRadius: '8px',
                color: '#ffffff',
                fontSize: '16px',
                fontWeight: 600,
                padding: '13px 24px',
                margin: '0 0 24px',
              }}
            >
              {content.action.label}
            </Button>
          )}
          {content.notes.map((note) => (
            <Text key={note} className="quiet" style={quiet}>
              {note}
            </Text>
          ))}
          <Hr className="line" style={{ borderColor: colors.line, margin: '16px 0' }} />
          <Text className="quiet" style={{ ...quiet, fontSize: '13px', lineHeight: '19px', margin: 0 }}>
            {content.foot}
          </Text>
        </Section>
      </Container>
    </Body>
  </Html>
)
