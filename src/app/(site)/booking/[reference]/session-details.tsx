import Link from 'next/link'
import { attributeText } from '#shared/attribute-text'
import { TimeInZones } from '../../_components/time-in-zones'
import type { Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { expertHref } from '../../_lib/booking-links'
import { minutesBetween } from '../../_lib/dates'
import { formatMoney, formatPrice, isFree } from '../../_lib/money'
import { policyText } from '../../_lib/policy-text'
import { minutes, messages } from '../../messages'
import { InvoiceButton } from './invoice-button'

const text = messages.booking

const paymentText = ({ status, refunded }: NonNullable<Session['payment']>): string => {
  const state = text.paymentStatus[status] ?? status
  if (!refunded || isFree(refunded)) return state
  if (status === 'succeeded') return `${state}, ${text.refundUnderWay(formatMoney(refunded))}`
  return `${state}: ${formatMoney(refunded)}`
}

const canStillBeCancelled = ({ actions }: Session): boolean => actions.includes('cancel')

const Documents = ({ payment, managed }: { payment: NonNullable<Session['payment']>; managed: Managed }) => {
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
          {serviceType.name}, {minutes(minutesBetween(start, end))}
        </dd>
      </div>
      <div>
        <dt>{text.price}</dt>
        <dd>{formatPrice(price)}</dd>
      </div>
      {payment && !isFree(price) ? (
        <div>
          <dt>{text.payment}</dt>
          <dd>
            {paymentText(payment)}
            <Documents payment={payment} managed={managed} />
          </dd>
        </div>
      ) : null}
      {canStillBeCancelled(session) ? (
        <div>
          <dt>{text.policy}</dt>
          <dd>{policyText(policy, isFree(price))}</dd>
        </div>
      ) : null}
      {attributeFields.map((field) => (
        <div key={field.key}>
          <dt>{field.label}</dt>
          <dd className="details__text">{attributeText(field, attributes[field.key])}</dd>
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
