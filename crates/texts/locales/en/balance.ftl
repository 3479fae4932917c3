# M18
balance-title = Balance
balance-empty = No balance yet. It appears once we have received the first contribution.
balance-years-title = Year by year
balance-years-text = Opening balance, plus contributions and return, less payouts, makes the closing balance.
balance-opening = Opening
balance-contributions = Contributions
balance-return = Return
balance-payouts = Paid out
balance-closing = Closing
balance-of-number = Balance of this number:

return-none = There is no return yet.
return-assumed = The return is worked out with { $rate } a year. This figure is an assumption for the demonstration, not a declared return.
return-declared = The return is worked out with { $rate } a year, as declared.
