import { type Language, languages } from './languages';
import { onBothEngines, test } from './test';
import { words } from './words';

export interface Circumstances {
  language: Language;
  /** Whether scripts run. */
  scripts: boolean;
  /** What the product says in this language. */
  says(key: string): RegExp;
}

/**
 * On the narrowest phone there is (WCAG 1.4.10): in Indonesian without scripts, as the weakest phones
 * have it, and in English with them. Words and scripts do not depend on each other.
 */
export const circumstances = [
  { language: 'id', scripts: false },
  { language: 'en', scripts: true },
] as const;

export function inEveryCircumstance(what: string, tests: (circumstances: Circumstances) => void): void {
  for (const { language, scripts } of circumstances) {
    const how = `${what}, in ${language}, ${scripts ? 'with' : 'without'} scripts`;
    // One of the two is enough to see what the engine could change.
    test.describe(how, scripts ? {} : onBothEngines, () => {
      test.use({
        viewport: { width: 320, height: 640 },
        locale: languages[language].locale,
        javaScriptEnabled: scripts,
      });
      tests({ language, scripts, says: (key) => words(language, key) });
    });
  }
}
