import { type GlobalBeforeValidateHook, ValidationError } from 'payload'

/** Each message has one template per language and audience; of two, nobody could say which is sent. */
export const refuseDoubledTemplates: GlobalBeforeValidateHook = ({ data, req }) => {
  const templates: { kind?: string; language?: string; audience?: string | null }[] = Array.isArray(data?.templates)
    ? data.templates
    : []
  const keys = templates.map(({ kind, language, audience }) => `${kind ?? ''} ${language ?? ''} ${audience ?? ''}`)
  const doubled = keys.findIndex((key, index) => keys.indexOf(key) < index)
  if (doubled < 0) return data
  throw new ValidationError(
    {
      global: 'message-templates',
      errors: [
        {
          path: `templates.${doubled}.kind`,
          message: 'There is a template for this message, language and audience already.',
        },
      ],
      req,
    },
    req.t,
  )
}
