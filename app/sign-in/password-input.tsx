import type { ReactNode } from 'react'

interface PasswordInputProps {
  readonly id: string
  readonly label: string
  readonly autoComplete: 'current-password' | 'new-password'
}

/** A labelled password input; its name in the form is its id. */
export function PasswordInput({ id, label, autoComplete }: PasswordInputProps): ReactNode {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-soft">
        {label}
      </label>
      <input
        id={id}
        name={id}
        type="password"
        required
        autoComplete={autoComplete}
        maxLength={1024}
        className="min-h-10 w-full rounded-lg border border-edge bg-panel px-3"
      />
    </div>
  )
}
