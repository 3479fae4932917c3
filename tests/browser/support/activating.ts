import { expect } from '@playwright/test';
import type { Inactive } from './demo';
import type { Visitor } from './visitor';

/** Nobody else chose it, and nothing in it is Wayan's. */
export const newPassword = 'tujuh kambing menari 4096';

let given = 0;

/** An address that nobody has used. */
export function newAddress(name: string): string {
  given += 1;
  return `${name}-${Date.now()}-${given}@baru.example`;
}

/** Finds a membership, and sees the tasks. */
export async function findMembership(visitor: Visitor, person: Inactive): Promise<void> {
  await visitor.page.goto('/activate');
  await giveDetails(visitor, person);
  await expect(goOnLink(visitor)).toBeVisible();
}

/** Fills in the three details and sends them. */
export async function giveDetails(visitor: Visitor, person: Inactive): Promise<void> {
  const { hands, page } = visitor;
  await hands.write(page.locator('#nik'), person.nik);
  await hands.write(page.locator('#kpj'), person.kpj);
  await giveBirthDate(visitor, person.birth_date);
  await visitor.sendForm();
}

/** `1999-01-27`, in three fields. */
export async function giveBirthDate(visitor: Visitor, date: string): Promise<void> {
  const [year, month, day] = date.split('-').map(Number);
  const fields = { birth_day: day, birth_month: month, birth_year: year };
  for (const [id, part] of Object.entries(fields)) {
    await visitor.hands.write(visitor.page.locator(`#${id}`), String(part));
  }
}

/** From the tasks to the page whose turn it is. */
export async function goOn(visitor: Visitor): Promise<void> {
  await visitor.hands.press(goOnLink(visitor));
}

/** Confirms an address, a number, or both, one code after the other. */
export async function confirmContacts(
  visitor: Visitor,
  contacts: { email?: string; phone?: string },
): Promise<void> {
  const { hands, outbox, page } = visitor;
  let code = await outbox.codeSentBy(async () => {
    await visitor.expectToBeAt('/activate/contact');
    if (contacts.email) await hands.write(page.locator('#email'), contacts.email);
    if (contacts.phone) await hands.write(page.locator('#phone'), contacts.phone);
    await visitor.sendForm();
  });
  await visitor.expectToBeAt('/activate/code');
  if (contacts.email && contacts.phone) {
    code = await outbox.codeSentBy(() => visitor.enterCode(code));
    // The next page has the same address: its words say which code it waits for.
    const ending = new RegExp(`${contacts.phone.slice(-2)}\\.$`);
    await expect(page.locator('main .lead')).toHaveText(ending);
  }
  await visitor.enterCode(code);
  await visitor.expectToBeAt('/activate/password');
}

/** Opens the account. */
export async function choosePassword(visitor: Visitor, password = newPassword): Promise<void> {
  await visitor.hands.write(visitor.page.locator('#new_password'), password);
  await visitor.sendForm();
  await visitor.expectToBeAt('/activate/codes');
}

/** Has the codes shown. */
export async function showCodes(visitor: Visitor): Promise<string[]> {
  await visitor.sendForm();
  const codes = visitor.page.locator('ol.codes > li');
  await expect(codes).toHaveCount(10);
  return codes.allInnerTexts();
}

/** Types the end of one of them, as who has them before their eyes can. */
export async function saveCodes(visitor: Visitor, codes: string[]): Promise<void> {
  await visitor.enterCode(codes[3]!.trim().slice(-4));
  await visitor.expectToBeAt('/sign-in?reason=activated');
}

function goOnLink(visitor: Visitor) {
  return visitor.page.locator('main a.button[href^="/activate/"]');
}
