'use client'

import { useId } from 'react'
import { Icon } from '../../_components/icon'
import { SlotPicker } from '../../_components/slot-picker'
import type { Consultant } from '../../_lib/api-types'
import { bookHref, expertHref, requestHref } from '../../_lib/booking-links'
import { useHeldTime } from '../../_lib/hold-store'
import { isFree } from '../../_lib/money'
import { policyText } from '../../_lib/policy-text'
import { useAddressState } from '../../_lib/use-address-state'
import { chooseService } from '../../_lib/service-choice'
import { useTexts } from '../../_lib/use-texts'

type Wanted = { service: string | null; duration: string | null; date: string | null }

const readWanted = (search: Pick<URLSearchParams, 'get'>): Wanted => ({
  service: search.get('service'),
  duration: search.get('duration'),
  date: search.get('date'),
})

/** Service, duration and time. What is chosen stands in the address, so that coming back finds it again. */
export const BookingPanel = ({ consultant, zone }: { consultant: Consultant; zone: string }) => {
  const texts = useTexts()
  const { formats, messages } = texts
  const text = messages.expert
  const [wanted, setWanted] = useAddressState({
    read: readWanted,
    toUrl: ({ service, duration }: Wanted) =>
      expertHref(consultant.slug, { service: service ?? undefined, durationMinutes: Number(duration) || undefined }),
  })
  const held = useHeldTime()
  const serviceId = useId()
  const choice = chooseService(consultant.serviceTypes, wanted)
  if (!choice) return <p className="muted">{text.noServices}</p>

  const { service, duration } = choice
  const { durationMinutes } = duration
  const ownHold =
    held?.consultant === consultant.slug &&
    held.serviceType === service.slug &&
    held.durationMinutes === durationMinutes
      ? held
      : undefined

  return (
    <div className="booking-panel">
      {consultant.serviceTypes.length > 1 ? (
        <div className="field">
          <label className="field__label" htmlFor={serviceId}>
            {text.chooseService}
          </label>
          <select
            id={serviceId}
            className="select"
            value={service.slug}
            onChange={(event) => setWanted({ service: event.target.value, duration: null, date: null })}
          >
            {consultant.serviceTypes.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ) : (
        <h3>{service.name}</h3>
      )}
      {service.descriptionText ? <p className="muted booking-panel__text">{service.descriptionText}</p> : null}

      <fieldset className="pills">
        <legend className="field__label">{text.chooseDuration}</legend>
        {service.durations.map(({ durationMinutes: length, price }) => (
          <label key={length} className="pill">
            <input
              type="radio"
              name="duration"
              value={length}
              checked={length === durationMinutes}
              onChange={() => setWanted({ service: service.slug, duration: String(length), date: null })}
            />
            <span>
              {text.minutes(length)} <strong>{formats.price(price)}</strong>
            </span>
          </label>
        ))}
      </fieldset>

      <ul className="booking-panel__rules">
        <li>
          <Icon name="check" />
          {policyText(service.cancellationPolicy, isFree(duration.price), texts)}
        </li>
        {service.requiresConfirmation ? (
          <li>
            <Icon name="clock" />
            {text.needsConfirmation}
          </li>
        ) : null}
      </ul>

      <SlotPicker
        source={{
          consultant: consultant.slug,
          serviceType: service.slug,
          durationMinutes,
          timeZone: zone,
          holdToken: held?.token,
        }}
        expert={consultant}
        own={ownHold && { start: ownHold.start, label: messages.slots.yours }}
        initialDate={wanted.date ?? undefined}
        target={{
          hrefOf: ({ start }) =>
            bookHref({ consultant: consultant.slug, serviceType: service.slug, start, durationMinutes }),
        }}
        requestHref={requestHref({ expert: consultant.slug, service: service.slug })}
      />
    </div>
  )
}
