import { expect } from '@playwright/test';
import type { Visitor } from '../visitor';

/** What a page may weigh (section 3 of the interface). */
export type Weight = 'public' | 'step' | 'dashboard' | 'member';

/** A page as somebody comes to see it. It can be opened any number of times. */
export interface PageInUse {
  name: string;
  open(visitor: Visitor): Promise<unknown>;
  /** When it differs from that of its audience; `null` for what exists in the demonstration only. */
  weight?: Weight | null;
}

/** Who sees which pages, in this order, and how they come to be there. */
export interface Audience {
  who: string;
  weight: Weight;
  arrive(visitor: Visitor): Promise<unknown>;
  pages: PageInUse[];
}

/** The page at an address. */
export const at = (name: string, path: string, weight?: Weight | null): PageInUse => ({
  name,
  open: (visitor) => visitor.page.goto(path),
  weight,
});

/** A page that says what needs fixing, once its form was sent like this. */
export const wrongly = (
  name: string,
  path: string,
  send: (visitor: Visitor) => Promise<unknown>,
  weight?: Weight,
): PageInUse => ({
  name,
  open: async (visitor) => {
    await visitor.page.goto(path);
    await send(visitor);
    await expect(visitor.problems).toBeVisible();
  },
  weight,
});

/** The same with its main button pressed before anything is filled in. */
export const withNothingIn = (name: string, path: string, weight?: Weight): PageInUse =>
  wrongly(`${name}, nothing filled in`, path, (visitor) => visitor.sendForm(), weight);

export const nobody = async (): Promise<void> => {};
