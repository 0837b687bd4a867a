import type { english } from '@/messages/en'

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en' | 'de'
    Messages: typeof english
  }
}
