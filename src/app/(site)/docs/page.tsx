import { askedTexts } from '../_lib/asked-language'
import { pageMetadata } from '../_lib/page-metadata'
import { ApiDocs } from './api-docs'

export const generateMetadata = pageMetadata(({ docs }) => ({ title: docs.title, description: docs.intro }))

const DocsPage = async () => {
  const { docs } = (await askedTexts()).messages
  return (
    <>
      <section className="hero hero--small">
        <h1>{docs.title}</h1>
        <p>
          {docs.intro} <a href="/api/openapi.json">{docs.openapi}</a>
        </p>
      </section>
      <ApiDocs />
    </>
  )
}

export default DocsPage
