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
balance-statements-link = Statements that anyone can check

return-none = There is no return yet.
return-assumed = The return is worked out with { $rate } a year. This figure is an assumption for the demonstration, not a declared return.
return-declared = The return is worked out with { $rate } a year, as declared.
return-supposed = The return is worked out with { $rate } a year. This figure is an assumption that the demonstration takes as declared.
return-supposed-until = Up to { $year } the demonstration takes it as declared.
return-supposed-mark = an assumption, taken as declared for the demonstration

balance-years-several = These are sums of all numbers; the years of each number are below.
balance-years-open = Open a year to see every posting and how it was worked out.
balance-year-title = Old-age savings in { $year }
balance-year-text = Everything that moved this year. A month's return is a twelfth of the yearly one, on the balance that was there from the first to the last day of the month.
balance-year-back = Back to your balance
posting-day = Day
posting-what = Posting
posting-amount = Amount
posting-balance = Balance
posting-contribution = Contribution for { $month }
posting-return = Return of { $month }
posting-payout = Paid out
posting-transfer-in = From another membership number
posting-transfer-out = To another membership number
posting-correction = Correction

posting-entered-estimate = Estimated, worked out automatically with the rate above, which is not declared
posting-true-up = Returns of { $year } made up to what was declared
posting-entered-declared = Declared, worked out automatically with the rate above
posting-entered-supposed = Taken as declared for the demonstration, worked out automatically with the rate above, which is an assumption
posting-entered-programme = Entered by the programme
balance-opening-why = See the year before
balance-pencil = Worked out:
balance-transfers = From other numbers
balance-corrections = Corrections
