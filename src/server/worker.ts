import { modeOf, readEnvironment, setEnvironment } from './environment'
import { runProcess } from './run-process'

/** `npm run worker`: the worker process alone. Settings are read after `.env`, hence the dynamic imports. */
await runProcess(async () => {
  setEnvironment({ NODE_ENV: modeOf(readEnvironment()) })
  const { checkInstallation, requireReleased } = await import('./check-installation')
  await checkInstallation()
  await requireReleased()
  const [{ openPayload }, { runWorker }, { observeProcess }] = await Promise.all([
    import('./open-payload'),
    import('#worker/run-worker'),
    import('./observe-process'),
  ])
  const { payload, close } = await openPayload()
  const endObserving = await observeProcess(payload, 'worker')
  const worker = await runWorker(payload)
  return {
    failed: worker.ended,
    close: async () => {
      await worker.stop()
      await endObserving()
      await close()
    },
  }
})
