import type { ServiceType } from '#payload-types'
import type { IntakeQuestion } from '#shared/intake-question'

/** The questions that a service type asks, as answers are checked against them. */
export const toQuestions = ({ intakeQuestions }: Pick<ServiceType, 'intakeQuestions'>): IntakeQuestion[] =>
  (intakeQuestions ?? []).map(({ key, label, type, required, options }) => ({
    key,
    label,
    type,
    required: required ?? false,
    options: (options ?? []).map(({ value }) => value),
  }))
