import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from './languages';

const locales = join(import.meta.dirname, '../../../crates/texts/locales');

function read(language: Language): Map<string, string> {
  const folder = join(locales, language);
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const [, key, text] = /^([a-z][\w-]*) = (.+)$/.exec(line) ?? [];
      if (key && text) texts.set(key, text);
    }
  }
  return texts;
}

const texts = { id: read('id'), en: read('en') };

/** The text with this key, as the product says it; its places stand for anything. */
export function words(language: Language, key: string): RegExp {
  const text = texts[language].get(key);
  if (!text) throw new Error(`${language} has no text ${key} of one line`);
  const parts = text.split(/\{ \$\w+ \}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.+'));
}
