'use client'

import type { ReactNode } from 'react'
import { Avatar } from '../../../_components/avatar'
import { TimeInZones } from '../../../_components/time-in-zones'
import type { Consultant, Money, ServiceType } from '../../../_lib/api-types'
import { isFree } from '../../../_lib/money'
import { policyText } from '../../../_lib/policy-text'
import { useTexts } from '../../../_lib/use-texts'

type Props = {
  consultant: Consultant
  service: ServiceType
  price: Money | null
  start: string
  end: string
  zone: string
  children: ReactNode
}

export const BookingSummary = ({ consultant, service, price, start, end, zone, children }: Props) => {
  const texts = useTexts()
  const { formats, messages } = texts
  const text = messages.book
  return (
    <aside className="panel summary" aria-label={text.summary}>
      <div className="summary__head">
        <Avatar name={consultant.name} image={consultant.profileImage} />
        <div>
          <p className="summary__name">{consultant.name}</p>
          <p className="muted">{service.name}</p>
        </div>
      </div>
      {children}
      <dl className="details">
        <div>
          <dt>{text.when}</dt>
          <dd>
            <TimeInZones start={start} end={end} zone={zone} expertZone={consultant.timeZone} />
          </dd>
        </div>
        <div>
          <dt>{text.price}</dt>
          <dd>
            <strong>{formats.price(price)}</strong>
          </dd>
        </div>
        <div>
          <dt>{messages.policy.title}</dt>
          <dd>
            {policyText(service.cancellationPolicy, isFree(price), texts)}
            {service.requiresConfirmation && !isFree(price) ? <> {messages.expert.needsConfirmation}</> : null}
          </dd>
        </div>
      </dl>
    </aside>
  )
}
