import type { Metadata } from 'next'
import { messages } from '../messages'
import { ApiDocs } from './api-docs'

export const metadata: Metadata = { title: messages.docs.title, description: messages.docs.intro }

const DocsPage = () => (
  <>
    <section className="hero hero--small">
      <h1>{messages.docs.title}</h1>
      <p>
        {messages.docs.intro} <a href="/api/openapi.json">{messages.docs.openapi}</a>
      </p>
    </section>
    <ApiDocs />
  </>
)

export default DocsPage
