import type { ReactNode } from 'react'
import { NothingHere } from '@/components/shell/nothing-here'

/** Inside of the frame, which has the main part of the document already. */
export default function NotFound(): ReactNode {
  return <NothingHere />
}
