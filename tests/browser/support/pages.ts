import { expect } from '@playwright/test';
import type { Visitor } from './visitor';

/** A page as somebody comes to see it. */
export interface PageInUse {
  name: string;
  open(visitor: Visitor): Promise<unknown>;
}

const at = (name: string, path: string): PageInUse => ({
  name,
  open: (visitor) => visitor.page.goto(path),
});

/** Pages for everybody, and what the doors say to people who made a mistake. */
export const publicPages: PageInUse[] = [
  at('home', '/'),
  at('sign-in', '/sign-in'),
  at('sign-in after signing out', '/sign-in?reason=signed-out'),
  at('sign-in after the session', '/sign-in?reason=session-ended&next=/balance'),
  at('sign-in after a step that took too long', '/sign-in?reason=step-old'),
  {
    name: 'sign-in with everything missing',
    open: async (visitor) => {
      await visitor.openSignIn();
      await visitor.sendForm();
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'sign-in with a wrong password',
    open: async (visitor) => {
      await visitor.openSignIn();
      await visitor.givePassword(`nobody-${Math.random()}`, 'not the right one');
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'locked account',
    open: async (visitor) => {
      await visitor.openSignIn();
      await visitor.givePassword('rina');
      await expect(visitor.mainButton).toBeHidden();
    },
  },
  {
    name: 'sign-in tried too often',
    open: async (visitor) => {
      const name = `nobody-${Math.random()}`;
      // The fifth wrong password in a row is followed by a wait.
      for (let tries = 0; tries <= 5; tries += 1) {
        await visitor.openSignIn();
        await visitor.givePassword(name, 'not the right one');
        await expect(visitor.problems).toBeVisible();
      }
    },
  },
  at('help', '/help'),
  at('status', '/status'),
  at('sign-out without a session', '/sign-out'),
  at('no such page', '/nowhere'),
  at('unreadable request', '/help?a=1&a=2'),
  at('wrong method', '/preferences'),
  at('outbox', '/demo/outbox'),
  at('empty outbox', '/demo/outbox?to=nobody'),
];

/** Between password and code, with what can go wrong there. */
export const signInSteps: PageInUse[] = [
  {
    name: 'choice of a way',
    open: async (visitor) => {
      await visitor.openSignIn();
      await visitor.givePassword('dewi');
      await visitor.expectToBeAt('/sign-in/method');
    },
  },
  {
    name: 'choice of a way, none ticked',
    open: async (visitor) => {
      await visitor.sendForm();
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'code from an app',
    open: async (visitor) => {
      await visitor.page.goto('/sign-in/method');
      await visitor.chooseWay('totp');
      await visitor.expectToBeAt('/sign-in/code');
    },
  },
  {
    name: 'code from an app, too short',
    open: async (visitor) => {
      await visitor.giveCode('12');
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'code by text message',
    open: async (visitor) => {
      await visitor.askForCode('siti');
    },
  },
  {
    name: 'code by text message, help unfolded',
    open: (visitor) => visitor.page.locator('summary').click(),
  },
  {
    name: 'code asked for again too soon',
    open: async (visitor) => {
      await visitor.page.locator('#send-again').click();
      await expect(visitor.problems).toBeVisible();
    },
  },
  {
    name: 'code by e-mail',
    open: async (visitor) => {
      await visitor.askForCode('siti', 'email');
    },
  },
];

/** What siti sees, whose history has everything. */
export const pagesOfSiti: PageInUse[] = [
  at('dashboard', '/dashboard'),
  at('contributions', '/contributions'),
  at('contributions of a year', '/contributions?year=2025&programme=JP'),
  at('contributions, none', '/contributions?year=1999'),
  at('balance', '/balance'),
  at('personal details', '/personal-details'),
  at('sign-out', '/sign-out'),
  at('home, signed in', '/'),
  at('help, signed in', '/help'),
  at('no such page, signed in', '/nowhere'),
  {
    name: 'the question before the session ends',
    open: async ({ page }) => {
      await page.goto('/dashboard');
      // As if twelve minutes had passed: the script reads what is left from here.
      await page.locator('#session-dialog').evaluate((dialog: HTMLDialogElement) => {
        dialog.hidden = false;
        dialog.showModal();
      });
    },
  },
];

/** Two member numbers, and things to do about them. */
export const pagesOfDewi: PageInUse[] = [
  at('dashboard of two numbers', '/dashboard'),
  at('balance of two numbers', '/balance'),
];

/** Thirty years: the longest pages there are. */
export const pagesOfAgus: PageInUse[] = [
  at('dashboard of a pensioner', '/dashboard'),
  at('contributions of thirty years', '/contributions'),
  at('balance of thirty years', '/balance'),
];

/** Who sees which pages, and how they come to be there. */
export const audiences: { who: string; arrive(visitor: Visitor): Promise<void>; pages: PageInUse[] }[] = [
  { who: 'everybody', arrive: async () => {}, pages: publicPages },
  { who: 'who is signing in', arrive: async () => {}, pages: signInSteps },
  { who: 'siti', arrive: (visitor) => visitor.signIn('siti'), pages: pagesOfSiti },
  { who: 'dewi', arrive: (visitor) => visitor.signIn('dewi', 'email'), pages: pagesOfDewi },
  { who: 'agus', arrive: (visitor) => visitor.signIn('agus', 'email'), pages: pagesOfAgus },
];
