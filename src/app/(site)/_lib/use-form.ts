'use client'

import { useEffect, useState } from 'react'
import type { FieldError } from '#shared/errors'
import { assignErrors, type FormValues } from './booking-form'
import { useTexts } from './use-texts'
import { readDraft, writeDraft, type DraftName } from './draft'

/** A field as it stands on the page: its path in the request's body, and what people call it. */
export type FieldName = { path: string; label: string }

export type Form = {
  values: FormValues
  set: (path: string, value: string) => void
  errorOf: (path: string) => string | undefined
  /** Faults in the order of the page, for the summary; grows a new identity with every attempt to send. */
  faults: readonly (FieldError & { label: string })[]
  /** Shows faults, of our own check or the API's. An empty list takes them away. */
  fail: (errors: readonly FieldError[]) => void
}

/** The values of a form, kept as a draft while it is not sent, and what is wrong with them. Mount it in the browser only. */
export const useForm = ({
  draft,
  fields,
  initial,
  forced = {},
}: {
  draft: DraftName
  /** In the order of the page. */
  fields: readonly FieldName[]
  /** What stands in the fields at first where the draft has nothing. */
  initial: FormValues
  /** What the address asks for, which counts more than the draft. */
  forced?: FormValues
}): Form => {
  const { other } = useTexts().messages.validation
  const [values, setValues] = useState<FormValues>(() => ({ ...initial, ...readDraft(draft), ...forced }))
  const [errors, setErrors] = useState<readonly FieldError[]>([])

  useEffect(() => writeDraft(draft, values), [draft, values])

  const paths = fields.map(({ path }) => path)
  const assigned = assignErrors(errors, paths)
  const messageOf = new Map(assigned.fields.map(({ path, message }) => [path, message]))
  return {
    values,
    set: (path, value) => {
      setValues((before) => ({ ...before, [path]: value }))
      setErrors((before) =>
        before.some((error) => error.path === path) ? before.filter((error) => error.path !== path) : before,
      )
    },
    errorOf: (path) => messageOf.get(path),
    faults: [
      ...fields.flatMap(({ path, label }) => {
        const message = messageOf.get(path)
        return message === undefined ? [] : [{ path, label, message }]
      }),
      ...assigned.others.map((error) => ({ ...error, label: error.path || other })),
    ],
    fail: setErrors,
  }
}
