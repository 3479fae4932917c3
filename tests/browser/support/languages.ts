/** Both languages: what browsers call them, and a few words that only they show. */
export const languages = {
  id: {
    locale: 'id-ID',
    theOther: 'en',
    signIn: 'Masuk',
    chooseHow: 'Pilih cara verifikasi',
    enterCode: 'Isi kode',
    continue: 'Lanjut',
    sending: 'Mengirim…',
    hello: 'Halo, Siti Wulandari',
    balance: 'Saldo',
    received: 'Sudah kami terima',
    stale: 'Halaman ini terlalu lama terbuka',
    money: (rupiah: number) => `Rp${rupiah.toLocaleString('id-ID')}`,
  },
  en: {
    locale: 'en-GB',
    theOther: 'id',
    signIn: 'Sign in',
    chooseHow: 'Choose how to verify',
    enterCode: 'Enter the code',
    continue: 'Continue',
    sending: 'Sending…',
    hello: 'Hello, Siti Wulandari',
    balance: 'Balance',
    received: 'We have received it',
    stale: 'This page was open too long',
    money: (rupiah: number) => `Rp${rupiah.toLocaleString('en-GB')}`,
  },
} as const;

export type Language = keyof typeof languages;

export const bothLanguages = Object.keys(languages) as Language[];
