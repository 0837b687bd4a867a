import type { ReactNode } from 'react'
import { NothingHere } from '@/components/shell/nothing-here'

/** Outside of the frame of a signed-in person. */
export default function NotFound(): ReactNode {
  return (
    <main>
      <NothingHere />
    </main>
  )
}
