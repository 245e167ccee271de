import { readMoneyFaults } from '#payments/ledger/read-money-faults'
import { moneyFaultKinds } from '#payments/ledger/money-fault-kinds'
import { runWithDatabase } from './run-with-database'

/**
 * `npm run check:money`: every contradiction in the books. Exit code 1 when there is one that will not pass by itself. A database without a
 * payment and without a fault is no error, as every installation begins with one, but it is not called sound either.
 */
await runWithDatabase(async (url) => {
  const { faults: all, payments, entries } = await readMoneyFaults(url)
  const faults = all.filter(({ passing }) => !passing)
  for (const { code, paymentId, sessionId, detail } of faults) {
    const where = [paymentId && `payment ${paymentId}`, sessionId && `session ${sessionId}`].filter(Boolean).join(', ')
    console.log(`${code}: ${moneyFaultKinds[code]}. ${detail}${where && ` (${where})`}`)
  }
  const waiting = all.length - faults.length
  const rest = waiting ? ` What is under way may put right: ${waiting}.` : ''
  const { host, pathname } = new URL(url)
  if (faults.length) console.log(`Faults in the books: ${faults.length}.${rest}`)
  else if (!payments && !entries) console.log(`There is nothing to check: ${host}${pathname} holds no payment.${rest}`)
  else console.log(`The books add up: ${payments} payments, ${entries} entries.${rest}`)
  if (faults.length) process.exitCode = 1
})
