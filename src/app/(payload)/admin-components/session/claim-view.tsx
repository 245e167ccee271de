'use client'

import { sessionSides } from '#sessions/no-show/decide-no-show'
import { noShowClaimStates } from '#sessions/no-show/no-show-claim-states'
import { sessionStates } from '#sessions/session-states'
import { InstantText } from '../lib/instant-text'
import { labelIn } from '../lib/label-in'
import { moneyText } from '../lib/money-text'
import { StatePill } from '../lib/state-pill'
import type { ClaimOfView } from './session-view'

/** What each side says about a session that one of them calls missed, what is known, and what deciding it would do. */
export const ClaimView = ({ claim }: { claim: ClaimOfView }) => {
  const { answer, decision, ifGranted, missing, objections, raisedBy, statement } = claim
  return (
    <div className="parley-claim">
      <p>
        <StatePill label={labelIn(noShowClaimStates, claim.state)} state={claim.state} />{' '}
        <strong>
          {sessionSides[raisedBy]} says that the {missing} did not come
        </strong>
      </p>
      <dl className="parley-facts">
        <div>
          <dt>{sessionSides[raisedBy]} says</dt>
          <dd>
            {statement ?? 'Nothing more'} (<InstantText instant={claim.raisedAt} />)
          </dd>
        </div>
        <div>
          <dt>Speaks against it</dt>
          <dd>
            <ul>
              {objections.map(({ code, text, at }) => (
                <li key={code}>
                  {text} {at === null ? null : <InstantText instant={at} />}
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>{sessionSides[missing]} answers</dt>
          <dd>
            {answer ? (
              <>
                {answer.text} (<InstantText instant={answer.at} />)
              </>
            ) : (
              <>
                Nothing yet; asked to answer by <InstantText instant={claim.deadline} />
              </>
            )}
          </dd>
        </div>
        {ifGranted ? (
          <>
            <div>
              <dt>If granted</dt>
              <dd>
                {sessionStates[ifGranted.status].label}. The customer gets{' '}
                {moneyText(ifGranted.refund.amount, ifGranted.refund.currency)} back, the consultant keeps{' '}
                {moneyText(ifGranted.payout.amount, ifGranted.payout.currency)}.
              </dd>
            </div>
            <div>
              <dt>If rejected</dt>
              <dd>The session stays what it is, nothing is returned, and the payout goes on.</dd>
            </div>
          </>
        ) : null}
        {decision ? (
          <div>
            <dt>Decided</dt>
            <dd>
              {decision.reason ?? 'No reason given'} (<InstantText instant={decision.at} />)
            </dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}
