import type { SafeHtml } from '../../shared/html'
import { pageLayout } from '../../shared/page-layout'

/** A whole page of the sandbox; it always says that no real money moves. `extra`: styles of this page alone. */
export const layout = (page: { title: string; body: SafeHtml; extra?: SafeHtml }): string =>
  pageLayout({ ...page, notice: 'Payment sandbox: no real money moves here.' })
