import type { SafeHtml } from '../../shared/html'
import { pageLayout } from '../../shared/page-layout'

/** A whole page of the sandbox; it always says that no real money moves. */
export const layout = ({ title, body }: { title: string; body: SafeHtml }): string =>
  pageLayout({ title, notice: 'Payment sandbox: no real money moves here.', body })
