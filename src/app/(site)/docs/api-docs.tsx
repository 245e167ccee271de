'use client'

import { useEffect, useRef, useState } from 'react'
import { Skeleton } from '../_components/skeleton'
import { useTexts } from '../_lib/use-texts'
import 'swagger-ui-dist/swagger-ui.css'
import './api-docs.css'

const openApiUrl = '/api/openapi.json'

/** What most readers look for. The rest is a long list, so its tags are opened when somebody wants them. */
const openTags = ['Browse', 'Book']

/** There is one server, this one; the select that would offer it has no label. */
const withoutServers = () => ({ wrapComponents: { ServersContainer: () => () => null } })

/** Swagger UI over our own OpenAPI document; the viewer is a large script, so it is loaded only on this page. */
export const ApiDocs = () => {
  const { messages } = useTexts()
  const container = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading')

  useEffect(() => {
    let isCurrent = true
    import('swagger-ui-dist/swagger-ui-es-bundle').then(
      ({ default: SwaggerUI }) => {
        if (!isCurrent || !container.current) return
        const viewer = SwaggerUI({
          domNode: container.current,
          url: openApiUrl,
          validatorUrl: null,
          deepLinking: false,
          docExpansion: 'none',
          defaultModelsExpandDepth: 0,
          displayRequestDuration: true,
          plugins: [withoutServers],
          onComplete: () => {
            for (const tag of openTags) viewer.layoutActions.show(['operations-tag', tag], true)
          },
        })
        setState('ready')
      },
      () => {
        if (isCurrent) setState('failed')
      },
    )
    return () => {
      isCurrent = false
    }
  }, [])

  return (
    <>
      {state === 'loading' ? <Skeleton lines={6} /> : null}
      {state === 'failed' ? <p role="alert">{messages.docs.failed}</p> : null}
      {/* The document of the API is English. */}
      <div ref={container} className="api-docs" lang="en" />
    </>
  )
}
