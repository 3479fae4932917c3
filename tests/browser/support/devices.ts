/** The widths that pages are made for. */
export const devices = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 800 },
} as const;

export type Device = keyof typeof devices;
