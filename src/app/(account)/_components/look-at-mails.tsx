import { Notice } from '../../(site)/_components/notice'

/** What is said afterwards is the same for every address. */
export const LookAtMails = ({ title, text }: { title: string; text: string }) => (
  <div role="status">
    <Notice tone="good" icon="check" title={title}>
      <p>{text}</p>
    </Notice>
  </div>
)
