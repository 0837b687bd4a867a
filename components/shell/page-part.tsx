import { type ReactNode, Suspense } from 'react'

interface PagePartProps {
  readonly title: string
  /** Room that is kept until it is there, so that nothing jumps: a class for the least height. */
  readonly height: string
  /** Said until it is there. */
  readonly wait: string
  readonly children: ReactNode
}

/** A part of a page under its own heading, sent when it is ready. */
export function PagePart({ title, height, wait, children }: PagePartProps): ReactNode {
  return (
    <section aria-label={title} className={height}>
      <h2 className="caption mb-2">{title}</h2>
      <Suspense fallback={<p className="text-soft">{wait}</p>}>{children}</Suspense>
    </section>
  )
}
