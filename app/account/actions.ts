'use server'

import { notSignedIn } from '@/app/form-action'
import { commitTask, previewTask, type TaskOutcome, type TaskPreview } from '@/lib/account/account-commit'
import { type NoteOutcome, writeAliasNote } from '@/lib/account/alias-note'
import { makeRandomAlias, type RandomOutcome } from '@/lib/account/random-alias'
import { ownerAuthority } from '@/lib/auth/owner-authority'
import { approval } from '@/lib/changes/approval'
import { accountTask, aliasNote, randomWish } from '@/lib/entries/account-task'

const MALFORMED = { status: 'refused', message: { key: 'edit.malformed' }, field: null } as const

/** What becomes of mail if this task is saved. Reads only. */
export async function askTask(submitted: unknown): Promise<TaskPreview> {
  const who = await ownerAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const task = accountTask.safeParse(submitted)
  return task.success ? previewTask(who.authority, task.data) : MALFORMED
}

/** Saves the task if it is what was previewed; then asks the tables again. */
export async function saveTask(submitted: unknown, approved: unknown): Promise<TaskOutcome> {
  const who = await ownerAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const [task, yes] = [accountTask.safeParse(submitted), approval.safeParse(approved)]
  return task.success && yes.success ? commitTask(who.authority, task.data, yes.data) : MALFORMED
}

/** Makes a random alias, in one step. */
export async function makeRandom(submitted: unknown): Promise<RandomOutcome> {
  const who = await ownerAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const wish = randomWish.safeParse(submitted)
  return wish.success ? makeRandomAlias(who.authority, wish.data) : MALFORMED
}

/** Keeps a note and a last day for an alias. */
export async function writeNote(submitted: unknown): Promise<NoteOutcome> {
  const who = await ownerAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const note = aliasNote.safeParse(submitted)
  return note.success ? writeAliasNote(who.authority, note.data) : MALFORMED
}
