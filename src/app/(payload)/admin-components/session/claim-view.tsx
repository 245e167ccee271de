'use client'

import { sessionSides } from '#sessions/no-show/decide-no-show'
import { noShowClaimStates } from '#sessions/no-show/no-show-claim-states'
import { sessionStates } from '#sessions/session-states'
import { InstantText } from '../lib/instant-text'
import { StatePill } from '../lib/state-pill'
import type { ClaimOfView } from './session-view'
import { useWords } from '../lib/use-words'

/** What each side says about a session that one of them calls missed, what is known, and what deciding it would do. */
export const ClaimView = ({ claim }: { claim: ClaimOfView }) => {
  const { say, weave, money, inWords, labelIn } = useWords()
  const { answer, decision, ifGranted, missing, objections, raisedBy, statement } = claim
  return (
    <div className="parley-claim">
      <p>
        <StatePill label={labelIn(noShowClaimStates, claim.state)} state={claim.state} />{' '}
        <strong>
          {missing === 'customer'
            ? say('The consultant says that the customer did not come')
            : say('The customer says that the consultant did not come')}
        </strong>
      </p>
      <dl className="parley-facts">
        <div>
          <dt>{say('{side} says', { side: inWords(sessionSides[raisedBy]) })}</dt>
          <dd>
            {statement ?? say('Nothing more')} (<InstantText instant={claim.raisedAt} />)
          </dd>
        </div>
        <div>
          <dt>{say('Speaks against it')}</dt>
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
          <dt>{say('{side} answers', { side: inWords(sessionSides[missing]) })}</dt>
          <dd>
            {answer ? (
              <>
                {answer.text} (<InstantText instant={answer.at} />)
              </>
            ) : (
              weave('Nothing yet; asked to answer by {when}', { when: <InstantText instant={claim.deadline} /> })
            )}
          </dd>
        </div>
        {ifGranted ? (
          <>
            <div>
              <dt>{say('If granted')}</dt>
              <dd>
                {say('{state}. The customer gets {customer} back, the consultant keeps {consultant}.', {
                  state: inWords(sessionStates[ifGranted.status].label),
                  customer: money(ifGranted.refund.amount, ifGranted.refund.currency) ?? '–',
                  consultant: money(ifGranted.payout.amount, ifGranted.payout.currency) ?? '–',
                })}
              </dd>
            </div>
            <div>
              <dt>{say('If rejected')}</dt>
              <dd>{say('The session stays what it is, nothing is returned, and the payout goes on.')}</dd>
            </div>
          </>
        ) : null}
        {decision ? (
          <div>
            <dt>{say('Decided')}</dt>
            <dd>
              {decision.reason ?? say('No reason given')} (<InstantText instant={decision.at} />)
            </dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}
