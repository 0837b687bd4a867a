/**
 * english - texts in English, for the command line and the log, which speak no other language. Pure.
 */
import { createTranslator } from 'use-intl/core'
import { english } from '@/messages/en'
import { say, type Text } from './text'

const translate = createTranslator({ locale: 'en', messages: english })

/** A text in English. */
export function inEnglish(text: Text): string {
  return say(text, translate)
}
