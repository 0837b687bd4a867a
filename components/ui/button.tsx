import { clsx } from 'clsx'
import type { ButtonHTMLAttributes, ReactNode } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: 'primary' | 'plain' | 'quiet'
}

/** A button; `primary` is for the one main action of a place. */
export function Button({ tone = 'plain', className, type = 'button', ...rest }: ButtonProps): ReactNode {
  return <button type={type} className={clsx(buttonClass(tone), className)} {...rest} />
}

/** The look of a button, for links that act as one. */
export function buttonClass(tone: 'primary' | 'plain' | 'quiet'): string {
  return clsx(
    'inline-flex min-h-9 items-center justify-center gap-2 rounded-lg px-3.5 py-1.5 text-sm',
    'disabled:cursor-not-allowed disabled:opacity-60',
    tone === 'primary' && 'bg-accent font-medium text-accent-ink',
    tone === 'plain' && 'border border-edge bg-panel text-ink hover:bg-hover',
    tone === 'quiet' && 'text-accent hover:underline',
  )
}
