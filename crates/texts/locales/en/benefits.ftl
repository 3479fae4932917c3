# M19
benefits-title = Benefits
benefits-promise = An estimate, not a promise.
benefits-rules-of = Worked out from your record by the rules of { $date }.
benefits-wage = Monthly wage
benefits-wage-hint = Basic wage and fixed allowances, like Rp5,000,000
benefits-stop-age = Age you stop working
benefits-raise = Pay rise every January
benefits-unable-for = Months unable to work after an accident
benefits-unable-for-hint = For work accidents, like 14
benefits-button = Work out
benefits-not-kept = We do not keep what you enter, and it is not in the address of the page.
benefits-terms = Documents and deadlines
benefits-assumptions = What this estimate assumes
benefits-about-jht = Paid by the employer and you. Your own savings: paid in one sum at the age that is set, when you stop working, after total disability, or to your heirs when you die.
benefits-about-jp = Paid by the employer and you. Money every month after the retirement age, after total disability, or for your family when you die.
benefits-about-jkk = Paid by the employer. Care without a limit until you are well, wages while you are unable to work, and benefits after an accident or a disease caused by work.
benefits-about-jkm = Paid by the employer. Benefits for your heirs when you die of something work did not cause, while you still work and contributions are paid.
benefits-about-jkp = No extra contribution. Cash after a lay-off, not after resigning, retiring or total disability.
benefits-about-jht-own = Paid by you, if you choose to save. Your own savings: paid in one sum at the age that is set, when you stop working, after total disability, or to your heirs when you die.
benefits-about-jkk-own = Paid by you. Care without a limit until you are well, money while you are unable to work, and benefits after an accident or a disease caused by work.
benefits-about-jkm-own = Paid by you. Benefits for your heirs when you die of something work did not cause, while you still work and pay.
benefits-savings-from = By your answers you stop working on { $date }.
benefits-pension-from = You reach the retirement age on { $date }. The pension starts on { $first }.

case-work-ends = When you stop working
case-part-before = A part, today
case-old-age = Retirement age
case-disabled-before = Total disability before the retirement age
case-died-before = Death before the retirement age: for the family
case-died-after = Death while the pension is paid: for the family
case-unable-to-work =
    { $n ->
        [one] Unable to work for { $n } month
       *[other] Unable to work for { $n } months
    }
case-part-lost = Part of the body lost
case-total-disability = Total permanent disability
case-death-at-work = Death by a work accident
case-transport = Transport after an accident
case-death = Death that work did not cause
case-children = Scholarships for a child
case-laid-off = Laid off today

item-savings = Savings
item-saved-today = Balance today
item-contributions-to-come = Contributions until then
item-returns-to-come = Return until then
item-tax = Tax
item-after-tax = After tax
item-part-for-home = For a home
item-part-for-other = Or for other preparation
item-pension = Pension
item-pension-bounded = Pension, within the lowest and the highest of the year
item-pension-in-one-sum = Contributions paid so far, in one sum
item-disability-pension = Disability pension
item-widow-pension = Widow or widower
item-child-pension = Child, when there is no spouse
item-child-after-widow-pension = Child, after the spouse
item-parent-pension = Parent, when there is neither spouse nor child
item-unable-to-work = In place of the wage
item-part-lost = Partial disability
item-both-eyes = Both eyes
item-one-eye = One eye
item-both-ears = Hearing in both ears
item-one-ear = Hearing in one ear
item-right-arm = Right arm from the shoulder (left, if you are left-handed)
item-left-arm = Left arm from the shoulder (right, if you are left-handed)
item-part-weaker = Loss of function
item-total-disability = Disability benefit
item-death-at-work = Death benefit
item-death = Death benefit
item-periodic = Periodic part, paid at once
item-funeral = Funeral
item-transport-land = By land, river or lake
item-transport-sea = By sea
item-transport-air = By air
item-scholarship-once = Scholarship
item-kindergarten = Kindergarten
item-primary = Primary school
item-lower-secondary = Lower secondary school
item-upper-secondary = Upper secondary school
item-university = University or training
item-cash = Cash
item-cash-later = Cash after that

pays-once = once
pays-at-most = at most
pays-months =
    { $n ->
        [one] for { $n } month
       *[other] a month, for { $n } months
    }
pays-monthly = a month
pays-yearly =
    { $n ->
        [one] for { $n } year at most
       *[other] a year, for { $n } years at most
    }
pays-less = taken off

refused-not-published = Not published: { $rule }, { $date }. Without it we do not work anything out.
refused-too-large = The figures are too large to work out.
refused-months-paid = Conditions not met yet: { $have } months of contributions paid, { $need } needed.
refused-months-in-a-row = Conditions not met yet: { $have } months of contributions paid in a row, { $need } needed.
refused-from = Possible from { $date }.
refused-often = Possible { $n } times at most, and that is used up.
refused-density = Conditions not met yet: { $have } of the months that were due are paid, { $need } needed.
refused-lapsed = The time to ask for it ended on { $date }.
refused-wage-earners-only = For wage earners only.
refused-active-only = Only while you still work and contributions are paid.
refused-no-wage = There is no wage in your record yet. Enter one above.
refused-children = For { $n } children at most.
refused-too-old = Only when registered before the age of { $n }.
refused-nothing-paid = Nothing has been paid for this programme yet.
refused-not-saving = Only where old-age savings are paid for as well: they are no part of your present work.

standing-covered = You are covered: no contribution is overdue.
standing-behind =
    { $n ->
        [one] You stay covered, although the last month is unpaid.
       *[other] You stay covered, although the last { $n } months are unpaid.
    }
standing-behind-own-jkk =
    { $n ->
        [one] The last month is unpaid. You are still cared for after an accident, but money is paid only once the month is.
       *[other] The last { $n } months are unpaid. You are still cared for after an accident, but money is paid only once the months are.
    }
standing-behind-own-jkm =
    { $n ->
        [one] The last month is unpaid. Your heirs have the funeral part at once, and the rest once they have paid the month.
       *[other] The last { $n } months are unpaid. Your heirs have the funeral part at once, and the rest once they have paid the months.
    }
standing-employer-first = The last { $n } months are unpaid. If something happens, the employer pays first.
standing-no-right = The last { $n } months are unpaid, so there is no right until they are paid.
standing-not-working = By our record you are not working now, so you are not covered.

assume-every-month-paid = Every month until then is paid in full.
assume-wage-rises = The wage rises by { $rate } every January.
assume-wage-stays = The wage that counts stays as it is, since the highest one of years to come is not published.
assume-return = Savings earn { $rate } a year. This is an assumption for the demonstration, not a declared return.
assume-return-supposed = Savings earn { $rate } a year. This is an assumption that the demonstration takes as declared.
assume-return-declared = Savings earn { $rate } a year, as declared last.
assume-rules-stay = Today's rules do not change.
assume-one-sum = Everything is paid in one sum, in one calendar year.
assume-wages-not-indexed = Past wages are counted as they were, since their inflation is not published. The real pension is higher.
assume-no-pension-return = The return on pension contributions is not published, so it is left out.
assume-no-pension-bounds = The lowest and the highest pension of that year are not published, so they are not applied.
assume-wage-as-reported = The wage is the one reported last.
assume-wage-as-typed = The wage is the one you entered.
assume-event-today = It happens today.
assume-not-asked-before = It was never asked for before.
assume-one-child = One child, from kindergarten to university.
assume-nothing-more-paid = Nothing more is paid for it: no work of yours pays for it now.
assume-registered-in-time = The family was registered in time. Each line stands for one of them; how two children share is not settled.
assume-disabled-for-good = The disability is total and permanent, by a doctor's word.
assume-table-not-loaded = The law's full table of disabilities is not loaded. These are the parts of the body of which the percentage is known.
assume-laid-off-and-insured = You are a citizen and in the national health insurance, the employer ended the work before the contract's end, and you have no new work: new work ends the right.

terms-documents = Documents
terms-documents-unknown = The list of documents is not published. Ask before you come.
terms-paid-within = Paid once the claim is complete, within
terms-late = When it is paid late
terms-late-day = You are owed { $rate } more for every day
terms-late-month = You are owed { $rate } more for every month
terms-late-unknown = The regulations name nothing extra
terms-unknown = The regulations name no time
terms-ask-within = Ask for it within
terms-heirs = Paid after a death to, in this order

money-empty = Enter your monthly wage
money-chars = Monthly wage must be a number, like 5,000,000
money-range = Monthly wage must be between { $least } and { $most }
age-range = Age you stop working must be between { $least } and { $most }
unable-range = Months unable to work must be between { $least } and { $most }

why-link = Why this number?
why-since = { $sure }, since { $date }

inputs-title = What it is worked out from
input-wage = Wage reported last
input-born = Date of birth
input-age =
    { $age ->
        [one] { $date }, { $age } year old
       *[other] { $date }, { $age } years old
    }
input-pension = Pension contributions
input-pension-paid =
    { $n ->
        [one] { $n } month paid, on a wage of { $wage }
       *[other] { $n } months paid, on a mean wage of { $wage }
    }
input-cover = Death cover contributions
input-months =
    { $n ->
        [one] { $n } month paid
       *[other] { $n } months paid
    }
