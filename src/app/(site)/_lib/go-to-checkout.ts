/**
 * Leaves for the hosted payment page. Somebody who comes back with the browser's button lands on `returnUrl` (the page of the
 * booking, which can be paid there) and not on a form whose time they have already booked.
 */
export const goToCheckout = (checkoutUrl: string, returnUrl: string): void => {
  const target = new URL(checkoutUrl, window.location.href)
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw new Error('The payment page has no web address.')
  window.history.replaceState(null, '', returnUrl)
  window.addEventListener('pageshow', (event) => {
    // The browser kept the old page alive; its address is `returnUrl` by now, so show what stands there.
    if (event.persisted) window.location.reload()
  })
  window.location.assign(target.href)
}
