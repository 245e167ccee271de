import { modeOf, readEnvironment, setEnvironment } from './environment'
import { runProcess } from './run-process'

/** `npm run worker`: the worker process alone. Settings are read after `.env`, hence the dynamic imports. */
await runProcess(async () => {
  setEnvironment({ NODE_ENV: modeOf(readEnvironment()) })
  const { checkInstallation } = await import('./check-installation')
  await checkInstallation()
  const [{ openPayload }, { runWorker }] = await Promise.all([import('./open-payload'), import('#worker/run-worker')])
  const { payload, close } = await openPayload()
  const worker = await runWorker(payload)
  return {
    failed: worker.ended,
    close: async () => {
      await worker.stop()
      await close()
    },
  }
})
