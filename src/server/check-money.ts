import { runWithDatabase } from './run-with-database'

/** More than anybody reads at once. */
const limit = 1_000

/** `npm run check:money`: every contradiction in the books. Exit code 1 when there is one that will not pass by itself. */
await runWithDatabase(async () => {
  const [{ openPayload }, { listMoneyFaults }, { moneyFaultKinds }] = await Promise.all([
    import('./open-payload'),
    import('../payments/money-fault-queries'),
    import('../payments/money-fault-kinds'),
  ])
  const { payload, close } = await openPayload()
  try {
    const all = await listMoneyFaults(payload, { limit })
    const faults = all.filter(({ passing }) => !passing)
    for (const { code, paymentId, sessionId, detail } of faults) {
      const where = [paymentId && `payment ${paymentId}`, sessionId && `session ${sessionId}`]
        .filter(Boolean)
        .join(', ')
      console.log(`${code}: ${moneyFaultKinds[code]}. ${detail} (${where || 'no payment'})`)
    }
    const waiting = all.length - faults.length
    const rest = waiting ? ` ${waiting} more may be put right by what is under way.` : ''
    console.log(
      faults.length
        ? `${faults.length}${all.length === limit ? ' or more' : ''} faults in the books.${rest}`
        : `The books add up.${rest}`,
    )
    if (faults.length) process.exitCode = 1
  } finally {
    await close()
  }
})
