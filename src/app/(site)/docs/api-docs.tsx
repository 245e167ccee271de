'use client'

import { useEffect, useRef, useState } from 'react'
import { Skeleton } from '../_components/skeleton'
import { messages } from '../messages'
import 'swagger-ui-dist/swagger-ui.css'
import './api-docs.css'

const openApiUrl = '/api/openapi.json'

/** There is one server, this one; the select that would offer it has no label. */
const withoutServers = () => ({ wrapComponents: { ServersContainer: () => () => null } })

/** Swagger UI over our own OpenAPI document; the viewer is a large script, so it is loaded only on this page. */
export const ApiDocs = () => {
  const container = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading')

  useEffect(() => {
    let isCurrent = true
    import('swagger-ui-dist/swagger-ui-es-bundle').then(
      ({ default: SwaggerUI }) => {
        if (!isCurrent || !container.current) return
        SwaggerUI({
          domNode: container.current,
          url: openApiUrl,
          validatorUrl: null,
          deepLinking: false,
          docExpansion: 'list',
          defaultModelsExpandDepth: 0,
          displayRequestDuration: true,
          plugins: [withoutServers],
          onComplete: () => setState('ready'),
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
      <div ref={container} className="api-docs" />
    </>
  )
}
