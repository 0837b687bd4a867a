import type { ReactNode } from 'react'
import { Gone } from '@/components/shell/gone'

/** No such domain, or none that this person may see. */
export default function DomainNotFound(): ReactNode {
  return <Gone kind="domain" />
}
