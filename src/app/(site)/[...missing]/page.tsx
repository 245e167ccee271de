import { notFound } from 'next/navigation'

/** Without this, an address that no route takes would get a bare page: the site's root layout stands in a route group. */
const Missing = () => notFound()

export default Missing
