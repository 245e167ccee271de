import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

/** A request of our own code, outside any transaction and with no user. */
export const localRequest = (payload: Payload): Promise<PayloadRequest> => createLocalReq({}, payload)
