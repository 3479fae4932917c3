import type { Page } from '@playwright/test';

/** Every amount on a page by its name, in whole rupiah. */
export type Amounts = Map<string, number>;

export async function amountsOn(page: Page): Promise<Amounts> {
  const pairs = await page.locator('[data-amount]').evaluateAll((elements) =>
    elements.map((element): [string, number] => {
      const { name = '', amount = '' } = (element as HTMLElement).dataset;
      return [name, /^-?\d+$/.test(amount) ? Number(amount) : NaN];
    }),
  );
  return new Map(pairs);
}

/** One amount that has to be there. */
export function amount(amounts: Amounts, name: string): number {
  const found = amounts.get(name);
  if (found === undefined) throw new Error(`no ${name} among ${[...amounts.keys()].join(', ')}`);
  return found;
}

/** A year of savings as the balance page has it; payouts are taken away there, and negative. */
export interface YearOfSavings {
  year: number;
  opening: number;
  contributions: number;
  returns: number;
  payouts: number;
  closing: number;
}

/** The years of all member numbers together (`suffix` empty), or of one (`-95841412812`). */
export function yearsOfSavings(amounts: Amounts, suffix = ''): YearOfSavings[] {
  const years = [...amounts.keys()]
    .map((name) => new RegExp(`^jht-opening-(\\d{4})${suffix}$`).exec(name)?.[1])
    .filter((year) => year !== undefined);
  return years.map(Number).sort((a, b) => a - b).map((year) => {
    const of = (part: string) => amount(amounts, `jht-${part}-${year}${suffix}`);
    return {
      year,
      opening: of('opening'),
      contributions: of('contributions'),
      returns: of('return'),
      payouts: of('payouts'),
      closing: of('closing'),
    };
  });
}

export const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
