/** Another site's page must not turn the knobs of a developer's machine. */
export const isFromElsewhere = (request: Request): boolean => {
  const origin = request.headers.get('origin')
  if (origin === null || request.method === 'GET') return false
  return !URL.canParse(origin) || new URL(origin).host !== new URL(request.url).host
}
