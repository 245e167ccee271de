import { redirect } from 'next/navigation'
import type { AdminViewServerProps, PayloadRequest } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { ownConsultantId } from '#access/own-records'
import { isStaff } from '#access/roles'
import { moveOfConsultant } from '#payments/statement/compute-statement'
import { computeMonthsSince } from '#payments/statement/compute-statement-month'
import { listOpenPayouts, listPastTransfers, listPayees, type PayeeOption } from '#payments/payout/payouts-page-queries'
import {
  findStatementConsultant,
  firstEntryOf,
  type StatementConsultant,
  sumEntriesBefore,
} from '#payments/statement/statement-queries'
import { AccountState } from '../payouts/account-state'
import { Balances, OpenPayouts, PastTransfers, Statements } from '../payouts/payout-lists'
import { type AdminWords, adminWords } from '../words/admin-words'
import { AdminPage, requireAdminLogin } from './admin-page'

/** Statements so far back are offered; older ones are had by their address. */
const mostMonths = 24

const balancesOf = async (req: PayloadRequest, consultantId: string, now: number) => {
  const sums = new Map<string, number>()
  for (const entry of await sumEntriesBefore(req, consultantId, now + 1_000)) {
    sums.set(entry.currency, (sums.get(entry.currency) ?? 0) + moveOfConsultant(entry))
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amount]) => ({ currency, amount }))
}

const Payouts = async ({
  req,
  consultant,
  isOwn,
}: {
  req: PayloadRequest
  consultant: StatementConsultant
  isOwn: boolean
}) => {
  const now = Date.now()
  const { id, slug, timeZone } = consultant
  const open = await listOpenPayouts(req, id)
  const since = await firstEntryOf(req, id)
  const months = since === undefined ? [] : computeMonthsSince({ since, now, timeZone, limit: mostMonths })
  return (
    <div className="parley-payouts">
      <AccountState consultant={isOwn ? undefined : slug} />
      <Balances balances={await balancesOf(req, id, now)} />
      <OpenPayouts isHeld={false} payouts={open.filter(({ status }) => status !== 'held')} />
      <OpenPayouts isHeld payouts={open.filter(({ status }) => status === 'held')} />
      <Statements api={req.payload.config.routes.api} months={months} slug={slug} timeZone={timeZone} />
      <PastTransfers transfers={await listPastTransfers(req, id)} />
    </div>
  )
}

const Choice = ({
  payees,
  chosen,
  path,
  words: { say },
}: {
  payees: PayeeOption[]
  chosen: string | undefined
  path: string
  words: AdminWords
}) => (
  <form action={path} className="parley-period" method="get">
    <label>
      {say('Consultant')}{' '}
      <select defaultValue={chosen} name="consultant">
        {payees.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <button className="parley-slot" type="submit">
      {say('Show')}
    </button>
  </form>
)

/** What a consultant is owed, was paid, and needs to be paid; staff choose whose. */
export const PayoutsPage = async (props: AdminViewServerProps) => {
  requireAdminLogin(props, '/payouts')
  const words = adminWords(props.initPageResult.req.i18n.language)
  const { say } = words
  const { req } = props.initPageResult
  const { admin: adminRoute } = req.payload.config.routes
  const path = formatAdminURL({ adminRoute, path: '/payouts' })
  const own = await ownConsultantId(req)
  const canChoose = isStaff(req)
  if (!canChoose && own === undefined) redirect(formatAdminURL({ adminRoute, path: '/unauthorized' }))
  const payees = canChoose ? await listPayees(req) : []
  const named = canChoose ? props.searchParams?.consultant : undefined
  const wanted = typeof named === 'string' && named ? named : (own ?? payees[0]?.slug)
  const consultant = wanted === undefined ? undefined : await findStatementConsultant(req, wanted)
  const isOwn = consultant !== undefined && consultant.id === own
  return (
    <AdminPage
      props={props}
      title={isOwn || !consultant ? say('My payouts') : say('Payouts of {name}', { name: consultant.name })}
    >
      {canChoose && payees.length ? (
        <Choice chosen={consultant?.slug} path={path} payees={payees} words={words} />
      ) : null}
      {consultant ? (
        <Payouts consultant={consultant} isOwn={isOwn} req={req} />
      ) : (
        <p className="parley-quiet">
          {wanted === undefined
            ? say('Nobody was paid for yet, so there is nobody to choose.')
            : say('There is no such consultant.')}
        </p>
      )}
    </AdminPage>
  )
}
