import { type Audience, at } from './page';

/** What siti sees, whose history has everything. */
const siti: Audience = {
  who: 'siti',
  weight: 'member',
  // By letter alone she would be asked for more before a change of her contacts (J-02).
  arrive: (visitor) => visitor.signIn('siti'),
  pages: [
    at('dashboard', '/dashboard', 'dashboard'),
    at('contributions', '/contributions'),
    at('contributions of a year', '/contributions?year=2025&programme=JP'),
    at('contributions, none', '/contributions?year=1999'),
    at('what is owed', '/contributions/owed'),
    at('is this your wage', '/contributions/wage'),
    at('balance', '/balance'),
    at('transactions', '/transactions'),
    at('transactions, none', '/transactions?year=1999'),
    {
      name: 'a transaction that is not recognised',
      open: async ({ page }) => {
        await page.goto('/transactions');
        const link = page.locator('a[href^="/transactions/report?row="]').first();
        await page.goto((await link.getAttribute('href'))!);
      },
    },
    at('corrections', '/corrections'),
    at('question what is wrong', '/corrections/ask?of=person'),
    at('everything of mine', '/export'),
    at('personal details', '/personal-details'),
    at('another e-mail address', '/personal-details/email'),
    at('another number', '/personal-details/phone'),
    at('home address', '/personal-details/address'),
    {
      name: 'question before a contact goes',
      open: async ({ page }) => {
        await page.goto('/personal-details');
        const link = page.locator('a[href^="/personal-details/remove?of="]').first();
        await page.goto((await link.getAttribute('href'))!);
      },
    },
    at('sign-out', '/sign-out'),
    at('home, signed in', '/'),
    at('help, signed in', '/help'),
    at('no such page, signed in', '/nowhere'),
    {
      name: 'the question before the session ends',
      open: async ({ page }) => {
        await page.goto('/personal-details');
        // As if twelve minutes had passed: the script reads what is left from here.
        await page.locator('#session-dialog').evaluate((dialog: HTMLDialogElement) => {
          dialog.hidden = false;
          dialog.showModal();
        });
      },
    },
  ],
};

/** Two member numbers, and things to do about them. */
const dewi: Audience = {
  who: 'dewi',
  weight: 'member',
  arrive: (visitor) => visitor.signIn('dewi', 'email'),
  pages: [
    at('dashboard of two numbers', '/dashboard', 'dashboard'),
    at('balance of two numbers', '/balance'),
    at('transactions of two numbers', '/transactions'),
  ],
};

/** Thirty years: the longest pages there are. */
const agus: Audience = {
  who: 'agus',
  weight: 'member',
  arrive: (visitor) => visitor.signIn('agus', 'email'),
  pages: [
    at('dashboard of a pensioner', '/dashboard', 'dashboard'),
    at('contributions of thirty years', '/contributions'),
    at('balance of thirty years', '/balance'),
    at('transactions of thirty years', '/transactions'),
  ],
};

export const whoReads = [siti, dewi, agus];
