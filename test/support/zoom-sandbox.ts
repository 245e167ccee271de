import { startZoomSandbox, type ZoomSandbox, type ZoomSandboxOptions } from '#sandbox/zoom/start-zoom-sandbox'
import { cleanUpLater } from './clean-up'

export const zoomWebhookSecret = 'zoom-webhook-secret-of-tests'

const app = { accountId: 'account-of-tests', clientId: 'client-of-tests', clientSecret: 'secret-of-tests' }

/** A Zoom of this test file alone, and the environment that points Parley at it. */
export const openZoomSandbox = async (
  options: Partial<ZoomSandboxOptions> = {},
): Promise<{ zoom: ZoomSandbox; env: Record<string, string> }> => {
  const zoom = await startZoomSandbox({
    port: 0,
    host: '127.0.0.1',
    ...app,
    webhookSecret: zoomWebhookSecret,
    retryDelays: [20, 50, 100],
    ...options,
  })
  cleanUpLater(() => zoom.close())
  return {
    zoom,
    env: {
      ZOOM_ACCOUNT_ID: app.accountId,
      ZOOM_CLIENT_ID: app.clientId,
      ZOOM_CLIENT_SECRET: app.clientSecret,
      ZOOM_WEBHOOK_SECRET: zoomWebhookSecret,
      ZOOM_API_BASE: zoom.url,
    },
  }
}
