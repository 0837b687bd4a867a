import { type ReactNode, Suspense } from 'react'

/** Milliseconds that a page waits before it is sent without. */
const PATIENCE = 60

interface SoonProps<Value> {
  readonly value: Promise<Value>
  /** What is said meanwhile; null to wait however long it takes. */
  readonly wait: ReactNode
  /** Names what is waited for: another name is another wait. */
  readonly of: string
  readonly children: (value: Value) => ReactNode
}

/**
 * Draws what is waited for: as a part of the page where it comes at once, so that nothing flickers; else the page goes
 * ahead and it follows, so that nobody looks at nothing. A long list that was just written to is sorted anew.
 */
export async function Soon<Value>({ value, wait, of, children }: SoonProps<Value>): Promise<ReactNode> {
  const drawn = <Drawn value={value}>{children}</Drawn>
  if (wait === null || (await Promise.race([value.then(() => true), patience()]))) return drawn
  return (
    <Suspense key={of} fallback={wait}>
      {drawn}
    </Suspense>
  )
}

async function Drawn<Value>({
  value,
  children,
}: Pick<SoonProps<Value>, 'value' | 'children'>): Promise<ReactNode> {
  return children(await value)
}

function patience(): Promise<false> {
  return new Promise((settle) => {
    setTimeout(() => {
      settle(false)
    }, PATIENCE)
  })
}
