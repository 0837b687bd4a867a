import type { ReactNode } from 'react'

interface PageHeadProps {
  readonly title: string
  readonly about?: string | undefined
  readonly tools?: ReactNode
}

/** The heading of a page with its tools. */
export function PageHead({ title, about, tools }: PageHeadProps): ReactNode {
  return (
    <div className="mb-2.5 flex min-h-13 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-2">
      <h1 className="flex flex-wrap items-baseline gap-x-2">
        {title}
        {about !== undefined && <span className="text-base font-normal text-soft">{about}</span>}
      </h1>
      {tools}
    </div>
  )
}
