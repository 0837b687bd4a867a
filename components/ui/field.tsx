import type { InputHTMLAttributes, ReactNode } from 'react'
import { useText } from '#words'
import type { Text } from '@/lib/words/text'

interface FieldRowProps {
  readonly label: ReactNode
  readonly hint?: string | undefined
  /** id of the control that the label names; without one the row is a plain description. */
  readonly control?: string
  readonly children: ReactNode
}

/** A label with what it names: side by side where there is room, else one above the other. */
export function FieldRow({ label, hint, control, children }: FieldRowProps): ReactNode {
  const text = (
    <>
      {label}
      {hint !== undefined && <span className="block text-xs">{hint}</span>}
    </>
  )
  return (
    <div className="mb-3 grid gap-x-4 gap-y-1 sm:grid-cols-[168px_minmax(0,1fr)]">
      {control === undefined ? (
        <div className="text-soft sm:pt-2">{text}</div>
      ) : (
        <label htmlFor={control} className="text-soft sm:pt-2">
          {text}
        </label>
      )}
      <div className="min-w-0">{children}</div>
    </div>
  )
}

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly id: string
  /** Said below the input, and read out with it. */
  readonly problem?: Text | undefined
}

/** A text input with its problem. */
export function TextInput({ id, problem, className = '', ...rest }: TextInputProps): ReactNode {
  const problemId = `${id}-problem`
  return (
    <>
      <input
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
        className={`min-h-9 w-full rounded-lg border bg-panel px-2.5 py-1.5 ${problem === undefined ? 'border-edge' : 'border-lost'} ${className}`}
        {...rest}
      />
      {problem !== undefined && <Problem id={problemId} message={problem} />}
    </>
  )
}

/** One sentence about what is wrong with a field. */
export function Problem({ id, message }: { readonly id: string; readonly message: Text }): ReactNode {
  const text = useText()
  return (
    <p id={id} className="pt-1 text-[13px] text-lost">
      {text(message)}
    </p>
  )
}
