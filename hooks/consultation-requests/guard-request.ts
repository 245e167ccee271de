import type { CollectionBeforeChangeHook } from 'payload'
import type { ConsultationRequest } from '#payload-types'
import { prepareNewRequest } from '#requests/create/prepare-new-request'
import { prepareRequestChange } from '#requests/change/prepare-request-change'

/** The gate: a request changes along the table of states or not at all, whoever writes. */
export const guardRequest: CollectionBeforeChangeHook<ConsultationRequest> = ({ data, operation, originalDoc, req }) =>
  operation === 'create' || !originalDoc ? prepareNewRequest(req, data) : prepareRequestChange(req, data, originalDoc)
