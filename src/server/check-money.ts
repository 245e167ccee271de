import { readMoneyFaults } from '#payments/ledger/read-money-faults'
import { moneyFaultKinds } from '#payments/ledger/money-fault-kinds'
import { runWithDatabase } from './run-with-database'

/** `npm run check:money`: every contradiction in the books. Exit code 1 when there is one that will not pass by itself. */
await runWithDatabase(async (url) => {
  const all = await readMoneyFaults(url)
  const faults = all.filter(({ passing }) => !passing)
  for (const { code, paymentId, sessionId, detail } of faults) {
    const where = [paymentId && `payment ${paymentId}`, sessionId && `session ${sessionId}`].filter(Boolean).join(', ')
    console.log(`${code}: ${moneyFaultKinds[code]}. ${detail}${where && ` (${where})`}`)
  }
  const waiting = all.length - faults.length
  const rest = waiting ? ` What is under way may put right: ${waiting}.` : ''
  console.log(faults.length ? `Faults in the books: ${faults.length}.${rest}` : `The books add up.${rest}`)
  if (faults.length) process.exitCode = 1
})
