import { ProblemNotice } from '../../_components/problem-notice'
import { readInvoice, type Managed } from '../../_lib/api'
import { useCommand } from '../../_lib/use-command'
import { messages } from '../../messages'

const keptMs = 60_000

/** Hands a file to the browser as if it had followed a link to it. */
const save = (file: Blob, name: string): void => {
  const href = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
  // The browser may read it after this.
  setTimeout(() => URL.revokeObjectURL(href), keptMs)
}

/** Downloads the invoice of a payment. */
export const InvoiceButton = ({ url, name, managed }: { url: string; name: string; managed: Managed }) => {
  const read = useCommand({
    send: () => readInvoice(url, managed),
    onDone: (file) => save(file, `${name}.pdf`),
  })
  return (
    <>
      {read.error ? <ProblemNotice error={read.error} takesFocus /> : null}
      <button
        type="button"
        className="button button--quiet button--small"
        aria-disabled={read.isRunning || undefined}
        onClick={() => read.run(undefined)}
      >
        {messages.booking.invoice}
      </button>
    </>
  )
}
