'use client'

import Link from 'next/link'
import { attributeText } from '#shared/attribute-text'
import { TimeInZones } from '../../_components/time-in-zones'
import type { Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { expertHref } from '../../_lib/booking-links'
import { minutesBetween } from '../../_lib/dates'
import { isFree } from '../../_lib/money'
import { policyText } from '../../_lib/policy-text'
import type { Texts } from '../../_lib/texts'
import { useTexts } from '../../_lib/use-texts'
import { InvoiceButton } from './invoice-button'

const paymentText = (
  { status, refunded }: NonNullable<Session['payment']>,
  { messages: { booking: text }, formats }: Texts,
): string => {
  const state = text.paymentStatus[status] ?? status
  if (!refunded || isFree(refunded)) return state
  if (status === 'succeeded') return `${state}, ${text.refundUnderWay(formats.money(refunded))}`
  return `${state}: ${formats.money(refunded)}`
}

const canStillBeCancelled = ({ actions }: Session): boolean => actions.includes('cancel')

const Documents = ({ payment, managed }: { payment: NonNullable<Session['payment']>; managed: Managed }) => {
  const text = useTexts().messages.booking
  const { invoiceUrl, receiptUrl } = payment
  if (invoiceUrl === null && receiptUrl === null) return null
  return (
    <ul className="details__links">
      {invoiceUrl === null ? null : (
        <li>
          <InvoiceButton url={invoiceUrl} name={payment.reference ?? 'invoice'} managed={managed} />
        </li>
      )}
      {receiptUrl === null ? null : (
        <li>
          <a href={receiptUrl} target="_blank" rel="noreferrer">
            {text.receipt}
          </a>
        </li>
      )}
    </ul>
  )
}

type SessionDetailsProps = { session: Session; managed: Managed; zone: string }

export const SessionDetails = ({ session, managed, zone }: SessionDetailsProps) => {
  const texts = useTexts()
  const { formats, messages } = texts
  const text = messages.booking
  const { reference, start, end, consultant, serviceType, price, payment, policy, attributes, attributeFields } =
    session
  return (
    <dl className="details">
      <div>
        <dt>{text.when}</dt>
        <dd>
          <TimeInZones start={start} end={end} zone={zone} expertZone={consultant.timeZone} />
        </dd>
      </div>
      <div>
        <dt>{text.expert}</dt>
        <dd>
          <Link href={expertHref(consultant.slug)}>{consultant.name}</Link>
        </dd>
      </div>
      <div>
        <dt>{text.service}</dt>
        <dd>
          {serviceType.name}, {messages.units.minutes(minutesBetween(start, end))}
        </dd>
      </div>
      <div>
        <dt>{text.price}</dt>
        <dd>{formats.price(price)}</dd>
      </div>
      {payment && !isFree(price) ? (
        <div>
          <dt>{text.payment}</dt>
          <dd>
            {paymentText(payment, texts)}
            <Documents payment={payment} managed={managed} />
          </dd>
        </div>
      ) : null}
      {canStillBeCancelled(session) ? (
        <div>
          <dt>{text.policy}</dt>
          <dd>{policyText(policy, isFree(price), texts)}</dd>
        </div>
      ) : null}
      {attributeFields.map((field) => (
        <div key={field.key}>
          <dt>{field.label}</dt>
          <dd className="details__text">
            {attributeText(field, attributes[field.key], {
              locale: texts.locale,
              yes: messages.common.yes,
              no: messages.common.no,
            })}
          </dd>
        </div>
      ))}
      <div>
        <dt>{text.reference}</dt>
        <dd>
          <code>{reference}</code>
        </dd>
      </div>
    </dl>
  )
}
