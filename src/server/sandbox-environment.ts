import { createHmac } from 'node:crypto'
import { findFreePort } from './free-port'
import type { DemoSecrets } from './demo-secrets'
import type { Environment } from './environment'

export type SandboxPlan = {
  /** What the web process, the worker and the sandboxes are told. */
  env: Environment
  /** Where a person can look into them. */
  pages: { label: string; url: string }[]
}

const loopback = '127.0.0.1'

/**
 * Which providers have no key and are played by a sandbox instead, and on which ports near `port`. In production none:
 * there a missing key refuses to start (see `parseSettings`).
 */
export const planSandboxes = async (env: Environment, secrets: DemoSecrets, port: number): Promise<SandboxPlan> => {
  const plan: SandboxPlan = { env: {}, pages: [] }
  let next = port + 1
  if (!env.STRIPE_SECRET_KEY) {
    const stripePort = await findFreePort(next, loopback)
    next = stripePort + 1
    const url = `http://localhost:${stripePort}`
    Object.assign(plan.env, {
      STRIPE_SANDBOX_PORT: String(stripePort),
      STRIPE_API_BASE: url,
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: secrets.STRIPE_WEBHOOK_SECRET,
    })
    plan.pages.push({ label: 'Payments', url })
  }
  if (!env.RESEND_API_KEY) {
    const resendPort = await findFreePort(next, loopback)
    next = resendPort + 1
    const url = `http://${loopback}:${resendPort}`
    Object.assign(plan.env, {
      RESEND_SANDBOX_PORT: String(resendPort),
      RESEND_BASE_URL: url,
      RESEND_API_KEY: 're_sandbox',
    })
    plan.pages.push({ label: 'Mail', url })
  }
  if (!env.GOOGLE_CLIENT_ID) {
    const googlePort = await findFreePort(next, loopback)
    next = googlePort + 1
    const url = `http://localhost:${googlePort}`
    Object.assign(plan.env, {
      GOOGLE_SANDBOX_PORT: String(googlePort),
      GOOGLE_API_BASE: url,
      GOOGLE_CLIENT_ID: 'parley-sandbox.apps.googleusercontent.com',
      GOOGLE_CLIENT_SECRET: 'sandbox',
    })
    plan.pages.push({ label: 'Calendars', url })
  }
  if (!env.ZOOM_ACCOUNT_ID) {
    const zoomPort = await findFreePort(next, loopback)
    const url = `http://localhost:${zoomPort}`
    Object.assign(plan.env, {
      ZOOM_SANDBOX_PORT: String(zoomPort),
      ZOOM_API_BASE: url,
      ZOOM_ACCOUNT_ID: 'sandbox-account',
      ZOOM_CLIENT_ID: 'sandbox-app',
      ZOOM_CLIENT_SECRET: 'sandbox',
      ZOOM_WEBHOOK_SECRET: createHmac('sha256', secrets.PAYLOAD_SECRET).update('zoom sandbox').digest('base64url'),
    })
    plan.pages.push({ label: 'Meetings', url })
  }
  return plan
}
