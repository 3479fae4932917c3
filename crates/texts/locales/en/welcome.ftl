# M01
welcome-title = Welcome
welcome-heading = Your social security, clear and in your hands
welcome-lead = See whether your contributions are paid, what your balance is, and where every figure comes from.
welcome-go-on = Go on to the dashboard
welcome-address-title = Check the address
welcome-address-text = This is our only address. Type it yourself or save it on your device. Any other address is not ours, even if it looks the same.
welcome-what-title = What you find here
welcome-what-contributions = – months that have been received, and months that have not.
welcome-what-balance = – opening balance, contributions, return and closing balance of every year.
welcome-what-claims = – claim your savings or another benefit, and follow its progress.
welcome-what-benefits = – what your savings, pension and cover may pay.
welcome-what-personal = – what we have on record, who told us, and since when.
