import { type GoogleSandbox, type GoogleSandboxOptions, startGoogleSandbox } from '#sandbox/google/start-google-sandbox'
import { cleanUpLater } from './clean-up'

const clientId = 'parley-test.apps.googleusercontent.com'
const clientSecret = 'GOCSPX-test'

/** A Google of this test file alone, and the environment that points Parley at it. */
export const openGoogleSandbox = async (
  options: Partial<GoogleSandboxOptions> = {},
): Promise<{ google: GoogleSandbox; env: Record<string, string> }> => {
  const google = await startGoogleSandbox({
    port: 0,
    host: '127.0.0.1',
    clientId,
    clientSecret,
    retryDelays: [20, 50, 100],
    ...options,
  })
  cleanUpLater(() => google.close())
  return {
    google,
    env: { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret, GOOGLE_API_BASE: google.url },
  }
}
