/** Where the dashboard shows an object, by the prefix of its id. */
const pages: Readonly<Record<string, string>> = {
  pi: 'payments',
  ch: 'payments',
  py: 'payments',
  re: 'refunds',
  pyr: 'refunds',
  tr: 'connect/transfers',
  dp: 'disputes',
  du: 'disputes',
  cus: 'customers',
  acct: 'connect/accounts',
  evt: 'events',
}

/** The page of an object in Stripe's dashboard; undefined when it has none. */
export const stripeDashboardLink = (objectId: string, { isTest }: { isTest: boolean }): string | undefined => {
  const page = pages[objectId.split('_', 1)[0] ?? '']
  if (page === undefined || !objectId.includes('_')) return undefined
  return `https://dashboard.stripe.com/${isTest ? 'test/' : ''}${page}/${encodeURIComponent(objectId)}`
}
