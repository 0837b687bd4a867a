import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'

interface CopiedTextProps {
  readonly title: string
  readonly about: string
  readonly text: string
}

/** A text of several lines to be copied as it stands. */
export function CopiedText({ title, about, text }: CopiedTextProps): ReactNode {
  return (
    <div className="min-w-0">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-[13px] font-medium">{title}</h3>
        <CopyButton text={text} name={title} />
      </div>
      <p className="pb-1 text-[13px] text-soft">{about}</p>
      <pre
        tabIndex={0}
        role="region"
        aria-label={title}
        className="address overflow-x-auto rounded-lg border border-line bg-panel px-3 py-2"
      >
        {text}
      </pre>
    </div>
  )
}
