import path from 'node:path'
import { startGoogleSandbox } from '#sandbox/google/start-google-sandbox'
import { startResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import { startStripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { startZoomSandbox } from '#sandbox/zoom/start-zoom-sandbox'
import { dataDirOf, readEnvironment } from './environment'
import { runProcess } from './run-process'

/**
 * The providers that have no key, in one process of the start command (see `planSandboxes`). Their state outlives a
 * restart, as the database's does.
 */
await runProcess(async () => {
  const env = readEnvironment()
  const stateFile = (name: string) => path.join(dataDirOf(env), 'sandboxes', name)
  const started = await Promise.all([
    env.STRIPE_SANDBOX_PORT
      ? startStripeSandbox({
          port: Number(env.STRIPE_SANDBOX_PORT),
          secretKey: env.STRIPE_SECRET_KEY,
          webhookUrl: `http://127.0.0.1:${env.PORT || 3000}/api/stripe/webhooks`,
          webhookSecret: env.STRIPE_WEBHOOK_SECRET,
          stateFile: stateFile('stripe.json'),
        })
      : undefined,
    env.RESEND_SANDBOX_PORT
      ? startResendSandbox({
          port: Number(env.RESEND_SANDBOX_PORT),
          stateFile: stateFile('resend.json'),
          perSecond: Number(env.RESEND_PER_SECOND ?? 2),
        })
      : undefined,
    env.GOOGLE_SANDBOX_PORT
      ? startGoogleSandbox({
          port: Number(env.GOOGLE_SANDBOX_PORT),
          clientId: env.GOOGLE_CLIENT_ID ?? '',
          clientSecret: env.GOOGLE_CLIENT_SECRET ?? '',
          stateFile: stateFile('google.jsonl'),
        })
      : undefined,
    env.ZOOM_SANDBOX_PORT
      ? startZoomSandbox({
          port: Number(env.ZOOM_SANDBOX_PORT),
          accountId: env.ZOOM_ACCOUNT_ID ?? '',
          clientId: env.ZOOM_CLIENT_ID ?? '',
          clientSecret: env.ZOOM_CLIENT_SECRET ?? '',
          webhookUrl: `http://127.0.0.1:${env.PORT || 3000}/api/meetings/zoom/webhooks`,
          webhookSecret: env.ZOOM_WEBHOOK_SECRET,
          stateFile: stateFile('zoom.jsonl'),
        })
      : undefined,
  ])
  return {
    close: async () => {
      await Promise.all(started.flatMap((sandbox) => (sandbox ? [sandbox.close()] : [])))
    },
  }
})
