/**
 * form-action - what every server action of a form does: who asks, is it well formed, plan, preview or save.
 *
 * The actions themselves stay in the actions.ts of each route, where Next.js finds them. Nothing is planned for
 * someone who is not signed in, or from what is not of the form's shape; both are said and nothing is thrown.
 */
import 'server-only'
import type { z } from 'zod'
import { type AuthorityResult, currentAuthority } from '@/lib/auth/current-authority'
import { approval } from '@/lib/changes/approval'
import { commitEdit, type Edit, previewEdit, refusedEdit } from '@/lib/changes/edit'
import type { EditOutcome, EditPreview, Refused } from '@/lib/changes/edit-state'

type SignedIn = Extract<AuthorityResult, { status: 'signedIn' }>

/** Reads the entries anew and plans what was typed. */
type Planner<Submission, Field extends string, State> = (
  authority: SignedIn['authority'],
  submission: Submission,
) => Promise<Edit<Field, State>>

/** What Postfix will answer if this form is saved. Reads only. */
export async function previewForm<Submission, Field extends string, State extends object>(
  shape: z.ZodType<Submission>,
  plan: Planner<Submission, Field, State>,
  submitted: unknown,
): Promise<EditPreview<Field, State>> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const submission = shape.safeParse(submitted)
  if (!submission.success) return refusedEdit({ key: 'edit.malformed' })
  return previewEdit(who.authority, await plan(who.authority, submission.data))
}

/** Saves the form if it is what was previewed and approved; then asks the tables again. */
export async function saveForm<Submission, Field extends string, State extends object>(
  shape: z.ZodType<Submission>,
  plan: Planner<Submission, Field, State>,
  submitted: unknown,
  approved: unknown,
): Promise<EditOutcome<Field, State>> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const submission = shape.safeParse(submitted)
  const yes = approval.safeParse(approved)
  if (!submission.success || !yes.success) return refusedEdit({ key: 'edit.malformed' })
  return commitEdit(who.authority, await plan(who.authority, submission.data), yes.data)
}

/** Why nothing is done for someone who is not signed in, or who sees the panel as another person. */
export function notSignedIn(who: Exclude<AuthorityResult, { status: 'signedIn' }>): Refused<never> {
  switch (who.status) {
    case 'signedOut':
      return refusedEdit({ key: 'edit.signedOut' })
    case 'viewing':
      return refusedEdit({ key: 'viewAs.readOnly', values: { name: who.name } })
    case 'unavailable':
      return refusedEdit({ key: 'edit.noAnswer', values: { diagnostic: who.message } })
  }
}
