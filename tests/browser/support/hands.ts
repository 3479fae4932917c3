import { expect, type Locator, type Page } from '@playwright/test';

/** How somebody works a page. */
export interface Hands {
  write(field: Locator, text: string): Promise<void>;
  tick(choice: Locator): Promise<void>;
  press(button: Locator): Promise<void>;
}

/** With mouse or finger. */
export const pointing: Hands = {
  write: (field, text) => field.fill(text),
  tick: (choice) => choice.check(),
  press: (button) => button.click(),
};

/** With the keyboard alone: what Tab does not reach cannot be used. */
export function typing(page: Page): Hands {
  return {
    write: async (field, text) => {
      await tabTo(page, field);
      await page.keyboard.type(text);
    },
    tick: async (choice) => {
      const name = await choice.getAttribute('name');
      await tabTo(page, page.locator(`input[name="${name}"]:focus`), choice);
      await page.keyboard.press('Space');
      // The arrows walk round the group, so they come by every choice.
      for (let step = 0; step < 5 && !(await choice.isChecked()); step += 1) {
        await page.keyboard.press('ArrowDown');
      }
      await expect(choice).toBeChecked();
    },
    press: async (button) => {
      await tabTo(page, button);
      await page.keyboard.press('Enter');
    },
  };
}

/** Presses Tab until a control has the focus, and sees to it that the focus shows. */
async function tabTo(page: Page, target: Locator, label = target): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    if (await hasFocus(target)) return expectVisibleFocus(page);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${label}`);
}

async function hasFocus(target: Locator): Promise<boolean> {
  if ((await target.count()) === 0) return false;
  return target.evaluate((element) => element === document.activeElement);
}

/** The ring is three pixels wide, and nothing covers the control (WCAG 2.4.7, 2.4.11). */
async function expectVisibleFocus(page: Page): Promise<void> {
  const focus = await page.evaluate(() => {
    const element = document.activeElement!;
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
      ring: getComputedStyle(element).outlineWidth,
      isCovered: top !== null && top !== element && !element.contains(top) && !top.contains(element),
    };
  });
  expect(focus).toEqual({ ring: '3px', isCovered: false });
}
