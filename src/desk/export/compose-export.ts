import type { PayloadRequest, Where } from 'payload'
import type { AttributeDefinition } from '#attributes/attribute-definition'
import { attributeDefinitions } from '#attributes/attribute-definitions'
import type { AttributeSubject } from '#attributes/attribute-kinds'
import { type ExportColumn, exportColumns, type ExportValue } from './export-columns'
import { readExport } from './read-export'
import { recordsCsv } from './records-csv'

type Wanted<Subject extends AttributeSubject> = {
  subject: Subject
  where: Where | undefined
  sort: readonly string[] | undefined
}

/** A list of staff as CSV: the columns of its kind, and one for each custom attribute that is in use. @throws DomainError as `readExport`. */
export const composeExport = async <Subject extends AttributeSubject>(
  req: PayloadRequest,
  wanted: Wanted<Subject>,
): Promise<string> => {
  const columns: readonly ExportColumn<Subject>[] = exportColumns[wanted.subject]
  const attributes = await attributeDefinitions(req, wanted.subject)
  const records = await readExport(req, wanted)
  return recordsCsv(
    [...columns.map(({ header }) => header), ...attributes.map(({ label }) => label)],
    records.map((record) => [
      ...columns.map(({ value }) => value(record)),
      ...attributes.map((attribute) => valueOf(attribute, record.attributes)),
    ]),
  )
}

const valueOf = ({ key, options }: AttributeDefinition, attributes: unknown): ExportValue => {
  const value: unknown =
    typeof attributes === 'object' && attributes !== null && Object.hasOwn(attributes, key)
      ? Reflect.get(attributes, key)
      : undefined
  const labelled = (one: unknown) => options.find((option) => option.value === one)?.label ?? String(one)
  if (value === null || value === undefined) return undefined
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return Array.isArray(value) ? value.map(labelled).join(', ') : labelled(value)
}
