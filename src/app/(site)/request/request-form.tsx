'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { CustomerFields, customerFieldNames } from '../_components/customer-fields'
import { ErrorSummary } from '../_components/error-summary'
import { SelectField, TextField } from '../_components/fields'
import { ProblemFields, problemFieldNames } from '../_components/problem-fields'
import { ProblemNotice } from '../_components/problem-notice'
import { TimeZonePicker } from '../_components/time-zone-picker'
import { createRequest, listConsultants } from '../_lib/api'
import type { ConsultantCard, ServiceType } from '../_lib/api-types'
import { checkRequestForm, toRequestInput } from '../_lib/booking-form'
import { serverNow } from '../_lib/clock'
import { settleDraft } from '../_lib/draft'
import { rememberToken, requestUrl } from '../_lib/manage-token'
import { useCommand } from '../_lib/use-command'
import type { SiteWords } from '../_words/en'
import { fieldFaults } from '../_lib/error-text'
import { useForm, type FieldName } from '../_lib/use-form'
import { useQuery } from '../_lib/use-query'
import { useTexts } from '../_lib/use-texts'

type Props = {
  services: readonly ServiceType[]
  /** Slugs that the address asks for; may be empty or unknown. */
  wanted: { expert: string; service: string }
  zone: string
}

const fieldNames = ({ request: text, ...messages }: SiteWords): readonly FieldName[] => [
  { path: 'serviceType', label: text.service },
  { path: 'preferredConsultant', label: text.expert },
  { path: 'preferredStart', label: text.from },
  { path: 'preferredEnd', label: text.to },
  ...problemFieldNames({ request: text, ...messages }),
  ...customerFieldNames({ request: text, ...messages }),
]

/** Names for the select of experts: as many as one page of the directory can hold. */
const expertLimit = 100

export const RequestForm = ({ services, wanted, zone }: Props) => {
  const texts = useTexts()
  const { formats, language, messages } = texts
  const text = messages.request
  const router = useRouter()
  const [attempt, setAttempt] = useState(0)
  const form = useForm({
    draft: 'request',
    fields: fieldNames(messages),
    initial: { 'customer.language': language },
    forced: {
      ...(wanted.service ? { serviceType: wanted.service } : {}),
      ...(wanted.expert ? { preferredConsultant: wanted.expert } : {}),
    },
  })
  const service = form.values['serviceType'] ?? ''
  const { data: experts } = useQuery({
    key: `experts-of:${service}`,
    load: () => listConsultants({ serviceType: service || undefined, limit: expertLimit }),
    maxAgeMs: 300_000,
    keepPrevious: true,
  })

  const send = useCommand({
    send: createRequest,
    onDone: ({ request, manageToken }) => {
      rememberToken(request.reference, manageToken)
      settleDraft('request')
      router.replace(requestUrl(request.reference, manageToken))
    },
    onRefused: ({ errors }) => {
      form.fail(fieldFaults(errors, texts))
      setAttempt((n) => n + 1)
    },
  })

  const submit = (): void => {
    const faults = checkRequestForm(form.values, { timeZone: zone, now: serverNow() }, messages.validation)
    send.clear()
    form.fail(faults)
    setAttempt((n) => n + 1)
    if (faults.length === 0) send.run(toRequestInput(form.values, zone))
  }

  return (
    <form
      className="form panel"
      noValidate
      aria-busy={send.isRunning}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <ErrorSummary faults={form.faults} attempt={attempt} />
      {send.error && form.faults.length === 0 ? <ProblemNotice error={send.error} takesFocus /> : null}
      <fieldset className="form__section">
        <legend>{text.sectionWish}</legend>
        <SelectField
          form={form}
          path="serviceType"
          label={text.service}
          none={messages.book.choose}
          options={services.map(({ slug, name }) => [slug, name])}
          isRequired
        />
        <SelectField
          form={form}
          path="preferredConsultant"
          label={text.expert}
          none={text.anyExpert}
          options={expertOptions(experts?.docs ?? [], form.values['preferredConsultant'] ?? '')}
        />
        <div className="field-row">
          <TextField
            form={form}
            path="preferredStart"
            label={text.from}
            type="datetime-local"
            hint={text.periodHint(formats.zoneCity(zone))}
          />
          <TextField
            form={form}
            path="preferredEnd"
            label={text.to}
            type="datetime-local"
            hint={text.periodHint(formats.zoneCity(zone))}
          />
        </div>
        <TimeZonePicker zone={zone} />
      </fieldset>
      <fieldset className="form__section">
        <legend>{messages.book.sectionProblem}</legend>
        <ProblemFields form={form} isRequired />
      </fieldset>
      <fieldset className="form__section">
        <legend>{messages.book.sectionYou}</legend>
        <CustomerFields form={form} />
      </fieldset>
      <div className="form__end">
        <button type="submit" className="button button--large" aria-disabled={send.isRunning || undefined}>
          {send.isRunning ? text.submitting : text.submit}
        </button>
      </div>
    </form>
  )
}

/** The experts to choose from; one that is chosen but not in the list (yet) stays chosen. */
const expertOptions = (experts: readonly ConsultantCard[], chosen: string): (readonly [string, string])[] => {
  const options = experts.map(({ slug, name }) => [slug, name] as const)
  return chosen && !options.some(([slug]) => slug === chosen) ? [[chosen, chosen], ...options] : options
}
