import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { type MoneyOverviewFacts, readMoneyOverview } from '#payments/ledger/read-money-overview'
import { AttentionLists } from '../money/attention-lists'
import { listClaimsToDecide } from '#sessions/no-show/no-show-claim-queries'
import { CompareNow } from '../money/compare-now'
import { CurrencySection } from '../money/currency-section'
import { lastDays, type MoneyPeriod, readPeriod } from '../money/money-period'
import { InstantText } from '../lib/instant-text'
import { listUrl } from '../lib/list-url'
import { type AdminWords, adminWords } from '../words/admin-words'
import { AdminPage, requireAdminLogin } from './admin-page'

const choices = [7, 30, 90]

const PeriodChoice = ({
  period,
  now,
  path,
  words: { say },
}: {
  period: MoneyPeriod
  now: number
  path: string
  words: AdminWords
}) => (
  <nav aria-label={say('Period')} className="parley-period">
    <ul className="parley-filters">
      {choices.map((days) => {
        const { first, last } = lastDays(days, now)
        const isChosen = first === period.first && last === period.last
        return (
          <li key={days}>
            <a aria-current={isChosen ? 'page' : undefined} href={`${path}?first=${first}&last=${last}`}>
              {say('Last {days} days', { days })}
            </a>
          </li>
        )
      })}
    </ul>
    <form action={path} method="get">
      <label>
        {say('From')} <input defaultValue={period.first} name="first" required type="date" />
      </label>
      <label>
        {say('to')} <input defaultValue={period.last} name="last" required type="date" />
      </label>
      <button className="parley-slot" type="submit">
        {say('Show')}
      </button>
      <span className="parley-quiet">{say('Days in UTC')}</span>
    </form>
  </nav>
)

const Comparison = ({
  reconciliation,
  adminRoute,
  words: { say, weave },
}: {
  reconciliation: MoneyOverviewFacts['reconciliation']
  adminRoute: string
  words: AdminWords
}) => {
  const { finishedAt, open, status } = reconciliation
  const differences = listUrl({ adminRoute, collection: 'reconciliation-findings', where: { status: 'open' } })
  return (
    <section aria-label={say('Comparison with Stripe')} className="parley-panel parley-comparison">
      <p>
        {finishedAt === null
          ? status === 'running'
            ? say('The books are being compared with Stripe.')
            : say('The books were not compared with Stripe yet.')
          : weave(
              status === 'failed'
                ? 'Compared with Stripe {when}, but that failed: {outcome}'
                : 'Compared with Stripe {when}: {outcome}',
              {
                when: <InstantText instant={new Date(finishedAt).toISOString()} />,
                outcome:
                  open === 0 ? (
                    say('the books agree.')
                  ) : (
                    <a href={differences}>
                      {open === 1 ? say('1 difference') : say('{count} differences', { count: open })}
                    </a>
                  ),
              },
            )}
      </p>
      <CompareNow />
    </section>
  )
}

/** What came in, what went out and what is open, per currency, for staff. */
export const MoneyOverview = async (props: AdminViewServerProps) => {
  requireAdminLogin(props, '/money')
  const words = adminWords(props.initPageResult.req.i18n.language)
  const { say } = words
  const { req } = props.initPageResult
  const { admin: adminRoute } = req.payload.config.routes
  if (!isStaff(req)) redirect(formatAdminURL({ adminRoute, path: '/unauthorized' }))
  const now = Date.now()
  const period = readPeriod({ first: props.searchParams?.first, last: props.searchParams?.last, now })
  const { currencies, reconciliation, attention } = await readMoneyOverview(req, period)
  const claims = await listClaimsToDecide(req)
  return (
    <AdminPage props={props} title={say('Money')}>
      <Comparison adminRoute={adminRoute} reconciliation={reconciliation} words={words} />
      <AttentionLists adminRoute={adminRoute} attention={attention} claims={claims} />
      <PeriodChoice now={now} path={formatAdminURL({ adminRoute, path: '/money' })} period={period} words={words} />
      {currencies.length ? (
        <div className="parley-currencies">
          {currencies.map((overview) => (
            <CurrencySection adminRoute={adminRoute} key={overview.currency} overview={overview} />
          ))}
        </div>
      ) : (
        <p className="parley-quiet">{say('No money has moved yet. The first paid booking shows up here.')}</p>
      )}
    </AdminPage>
  )
}
