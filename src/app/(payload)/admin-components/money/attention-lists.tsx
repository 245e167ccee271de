'use client'

import type { ReactNode } from 'react'
import type { MoneyOverviewFacts } from '#payments/ledger/read-money-overview'
import { disputeStates, heldReasons } from '#payments/payment-states'
import { payoutAccountStates } from '#payments/account/payout-account-states'
import { sessionSides } from '#sessions/no-show/decide-no-show'
import type { ClaimsToDecide } from '#sessions/no-show/no-show-claim-queries'
import { findingKinds } from '#payments/reconciliation/reconciliation-kinds'
import { listUrl, recordUrl } from '../lib/list-url'
import { InstantText } from '../lib/instant-text'
import { useWords } from '../lib/use-words'

type Line = { id: string; href: string; title: string; note: ReactNode }
type ListProps = { title: string; count: number; lines: Line[]; all: string }

const iso = (instant: number): string => new Date(instant).toISOString()

const AttentionList = ({ title, count, lines, all }: ListProps) => {
  const { say } = useWords()
  return (
    <section aria-label={title} className="parley-attention">
      <h3>
        {title} <span className="parley-state parley-state--bad">{count}</span>
      </h3>
      <ul>
        {lines.map(({ id, href, title: name, note }) => (
          <li key={id}>
            <a href={href}>{name}</a>
            <span>{note}</span>
          </li>
        ))}
      </ul>
      {count > lines.length ? <a href={all}>{say('All {count}', { count })}</a> : null}
    </section>
  )
}

/** What somebody has to look at, each with the way there. */
export const AttentionLists = ({
  attention: { refunds, toReturn, held, disputes, events, differences, consultants },
  claims,
  adminRoute,
}: {
  attention: MoneyOverviewFacts['attention']
  claims: ClaimsToDecide
  adminRoute: string
}) => {
  const { say, weave, money, inWords, labelIn } = useWords()
  const list = (collection: string, where: Record<string, string>) => listUrl({ adminRoute, collection, where })
  const record = (collection: string, id: string) => recordUrl(adminRoute, collection, id)
  const lists: ListProps[] = [
    {
      title: say('No-show claims to decide'),
      count: claims.count,
      all: list('no-show-claims', { status: 'open' }),
      lines: claims.items.map(({ id, reference, missing, isAnswered, deadline }) => ({
        id,
        href: record('no-show-claims', id),
        title: `${say('{side} did not come?', { side: inWords(sessionSides[missing]) })} · ${reference}`,
        note: isAnswered
          ? say('Answered')
          : weave('to answer by {when}', { when: <InstantText instant={iso(deadline)} /> }),
      })),
    },
    {
      title: say('Disputes to answer'),
      count: disputes.count,
      all: list('disputes', { status: 'needs_response' }),
      lines: disputes.items.map(({ id, reference, status, amount, currency, evidenceDueBy }) => ({
        id,
        href: record('disputes', id),
        title: `${money(amount, currency) ?? ''} · ${reference}`,
        note:
          evidenceDueBy === null
            ? inWords(disputeStates[status].label)
            : weave('by {when}', { when: <InstantText instant={iso(evidenceDueBy)} /> }),
      })),
    },
    {
      title: say('Refunds that failed'),
      count: refunds.count,
      all: list('refunds', { status: 'failed' }),
      lines: refunds.items.map(({ id, reference, amount, currency, reason }) => ({
        id,
        href: record('refunds', id),
        title: `${money(amount, currency) ?? ''} · ${reference}`,
        note: reason ?? say('No reason given'),
      })),
    },
    {
      title: say('Refunds to return by hand'),
      count: toReturn.count,
      all: list('refunds', { status: 'requested' }),
      lines: toReturn.items.map(({ id, paymentId, reference, amount, currency, at }) => ({
        id,
        href: record('payments', paymentId),
        title: `${money(amount, currency) ?? ''} · ${reference}`,
        note: weave('since {when}', { when: <InstantText instant={iso(at)} /> }),
      })),
    },
    {
      title: say('Payouts held back'),
      count: held.reduce((sum, { count }) => sum + count, 0),
      all: list('payments', { 'payout.status': 'held' }),
      lines: held.map(({ heldReason, currency, count, amount }) => ({
        id: `${heldReason ?? ''} ${currency}`,
        href: list('payments', {
          'payout.status': 'held',
          ...(heldReason === null ? {} : { 'payout.heldReason': heldReason }),
          currency,
        }),
        title: heldReason === null ? say('No reason given') : inWords(heldReasons[heldReason]),
        note: `${count} × · ${money(amount, currency) ?? ''}`,
      })),
    },
    {
      title: say('Consultants who cannot be paid'),
      count: consultants.count,
      all: list('payout-accounts', {}),
      lines: consultants.items.map(({ id, slug, name, status }) => ({
        id,
        href: `${adminRoute}/payouts?consultant=${encodeURIComponent(slug)}`,
        title: name,
        note: status === null ? say('No account yet') : labelIn(payoutAccountStates, status),
      })),
    },
    {
      title: say('Events that failed'),
      count: events.count,
      all: list('stripe-events', { status: 'failed' }),
      lines: events.items.map(({ id, type, error }) => ({
        id,
        href: record('stripe-events', id),
        title: type,
        note: error?.slice(0, 120) ?? '',
      })),
    },
    {
      title: say('Differences from Stripe'),
      count: differences.count,
      all: list('reconciliation-findings', { status: 'open' }),
      lines: differences.items.map(({ id, kind, ours, theirs, currency }) => ({
        id,
        href: record('reconciliation-findings', id),
        title: labelIn(findingKinds, kind),
        note: say('ours {ours}, theirs {theirs}', {
          ours: money(ours, currency) ?? '–',
          theirs: money(theirs, currency) ?? '–',
        }),
      })),
    },
  ]
  const open = lists.filter(({ count }) => count > 0)
  return (
    <section aria-labelledby="money-attention">
      <h2 id="money-attention">{say('What needs attention')}</h2>
      {open.length ? (
        <div className="parley-attention-lists">
          {open.map((one) => (
            <AttentionList key={one.title} {...one} />
          ))}
        </div>
      ) : (
        <p className="parley-quiet">
          {say('Nothing. No refund failed, no payout is held, the books agree with Stripe.')}
        </p>
      )}
    </section>
  )
}
