'use client'

import { ProblemNotice } from '../../_components/problem-notice'
import { readInvoice, type Managed } from '../../_lib/api'
import { saveFile } from '../../_lib/save-file'
import { useCommand } from '../../_lib/use-command'
import { useTexts } from '../../_lib/use-texts'

/** Downloads the invoice of a payment. */
export const InvoiceButton = ({ url, name, managed }: { url: string; name: string; managed: Managed }) => {
  const { messages } = useTexts()
  const read = useCommand({
    send: () => readInvoice(url, managed),
    onDone: (file) => saveFile(file, `${name}.pdf`),
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
