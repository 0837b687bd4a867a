import type { ReactNode } from 'react'
import { Gone } from '@/components/shell/gone'

/** No such mailbox, or none that this person may see. */
export default function MailboxNotFound(): ReactNode {
  return <Gone kind="mailbox" />
}
