/** The part of Swagger UI that is used here; the package brings no types. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle' {
  const SwaggerUI: (options: {
    domNode: HTMLElement
    url: string
    /** `null`: no badge from a validator on another host. */
    validatorUrl: null
    deepLinking?: boolean
    docExpansion?: 'list' | 'full' | 'none'
    defaultModelsExpandDepth?: number
    displayRequestDuration?: boolean
    plugins?: (() => { wrapComponents: Record<string, () => () => null> })[]
    onComplete?: () => void
  }) => { layoutActions: { show: (key: readonly ['operations-tag', string], isShown: boolean) => void } }
  export default SwaggerUI
}
