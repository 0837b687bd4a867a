'use client'

import { type ReactNode, useState } from 'react'
import { useText } from '#words'
import type { Text } from '@/lib/words/text'
import { Button } from './button'

interface ActionButtonProps {
  /** Read out instead of the children, where these do not say what it is about. */
  readonly label: string
  readonly busyLabel: string
  /** Said when no answer comes. */
  readonly unreachable: Text
  /** Answers why it was not done; null when it was. */
  readonly act: () => Promise<Text | null>
  readonly children: ReactNode
}

/** A button that does one thing at the server, and says below itself why it was not done. */
export function ActionButton({ label, busyLabel, unreachable, act, children }: ActionButtonProps): ReactNode {
  const text = useText()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Text | null>(null)
  return (
    <div className="max-w-xs">
      <Button
        aria-label={label}
        disabled={busy}
        onClick={() => {
          setBusy(true)
          void act()
            .catch(() => unreachable)
            .then((refusal) => {
              setProblem(refusal)
              setBusy(false)
            })
        }}
      >
        {busy ? busyLabel : children}
      </Button>
      {problem !== null && (
        <p role="alert" className="pt-1 text-[13px] text-lost">
          {text(problem)}
        </p>
      )}
    </div>
  )
}
