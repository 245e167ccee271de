import type { JSONFieldServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { attributeSubjects, isAttributeSubject } from '#attributes/attribute-kinds'
import { AttributesForm } from './attributes/attributes-form'
import { loadAttributesOfRecord } from './attributes/load-attribute-views'

/** In the form of a record: what may be read of its attributes comes with the page. */
export const AttributesField = async ({
  clientField,
  collectionSlug,
  data,
  id,
  path,
  permissions,
  readOnly,
  req,
  schemaPath,
}: JSONFieldServerProps) => {
  if (!isAttributeSubject(collectionSlug)) return null
  const define = isStaff(req)
    ? {
        url: formatAdminURL({
          adminRoute: req.payload.config.routes.admin,
          path: '/collections/custom-attributes/create',
        }),
        what: attributeSubjects[collectionSlug].several,
      }
    : undefined
  return (
    <AttributesForm
      attributes={await loadAttributesOfRecord(req, collectionSlug, { ...data, id })}
      field={clientField}
      path={path}
      permissions={permissions}
      readOnly={readOnly ?? false}
      schemaPath={schemaPath ?? path}
      {...(define ? { define } : {})}
    />
  )
}
