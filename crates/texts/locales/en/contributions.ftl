# M17
contributions-title = Contributions
contributions-empty = No contributions for this choice yet
filter-year = Year
filter-programme = Programme
filter-employer = Employer
filter-all = All
filter-apply = Apply
grid-title = Month by month
mark-received = Received
mark-late = Received late
mark-short = Too little
mark-waiting = Not due yet
mark-missing = Not received
mark-none = No contribution
rows-title = Details
column-month = Month
column-programme = Programme
column-employer = Employer
column-wage = Wage
column-received = Received
part-own = Your part
part-employer = Employer's part
part-both = Total
ask-about-month = Ask about this month
pager-label = Pages of the details
pager-newest = Back to the newest
pager-older = Earlier months
years-title = Year by year
chart-title = Most contributions in { $year }: { $amount }
chart-description = One bar a year from { $from } to { $to }: your part and the employer's part, starting at zero. The figures are in the table after this drawing.

rows-text = Open a month to see how it was worked out and by which rules.
owed-and-penalty = { $owed } owed, penalty for the employer { $penalty }
owed-only = { $owed } owed
penalty-only = Penalty for the employer { $penalty }
wage-fell = Wage before: { $before }
owed-sum = Contributions still owed:
owed-sum-penalties = penalties the employer bears:
owed-sum-text = Worked out from the wage that was reported last.

month-due = Due
month-late = Late by
month-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
month-wage-before = Wage before
month-expected = What is due
month-no-wage = No wage was ever reported, so we do not work anything out.
month-not-published = Not published: { $rule }. Without it we do not work anything out.
month-due-employer = Employer's part that is due
month-due-own = Your part that is due
month-wage-presumed = Worked out from the wage that was reported last, { $wage }.
month-flat = The same amount for everybody.
month-flat-part = The same amount for everybody, times { $part }.
month-paid = Received
month-owed = Still owed
month-penalty = Penalty the employer bears
month-costs-title = What it means for you
month-back = Back to your contributions
cost-savings = { $amount } is not in your old-age savings yet, and earns nothing there.
cost-pension = Your pension is { $amount } a month lower, and the month does not count as a contribution month ({ $source }).
cost-smaller-pension = It was paid on less than the wage that was reported: your pension is { $amount } a month lower ({ $source }).
cost-cover = { $programme }: the month counts as unpaid.
cost-job-loss = Job loss cover: the month does not count as a contribution month.
cost-lower-wage = Benefits that follow from the wage are smaller. If your wage is really higher, the employer bears the difference.

month-entered = Entered from
month-entered-employer = Report and payment of { $employer }
month-entered-own = Your own payment
month-posted = Added to your old-age savings on { $date }.
month-wage-said = Wage, as you say
month-wage-answered = Your answer on { $date }: { $said }
month-wage-again = Change the answer
month-word-missing = Missing, if the wage is what you say
cost-savings-by-word = If the wage is what you say, { $amount } is not in your old-age savings yet.
cost-pension-by-word = If the wage is what you say, your pension is { $amount } a month lower ({ $source }).

toll-savings = Old-age savings: { $amount } is not in your savings yet, and earns nothing there.
toll-pension = Pension: yours is { $amount } a month lower.
toll-cover =
    { $n ->
        [one] Work accident and death cover: { $n } month counts as unpaid.
       *[other] Work accident and death cover: { $n } months count as unpaid.
    }
toll-job-loss =
    { $n ->
        [one] Job loss cover: { $n } month does not count as a contribution month.
       *[other] Job loss cover: { $n } months do not count as contribution months.
    }
toll-wage =
    { $n ->
        [one] Benefits that follow from the wage: look at the wage of { $n } month.
       *[other] Benefits that follow from the wage: look at the wages of { $n } months.
    }

owed-title = Contributions still owed
owed-text = Every month that was not paid, or not in full. What is due less what was received is what is still owed; open a month to see how it was worked out and by which rules.
owed-nothing = Nothing. We have received every contribution that was due, in full.
owed-part = Only this part of all that is owed: { $part }.
owed-whole-link = See everything that is owed
owed-nothing-of-part = Nothing of this part. We have received every contribution of it that was due, in full.
owed-of-part = Still owed, of this part
owed-of-part-penalties = Penalties the employer bears, of this part
owed-months = Month by month
owed-all = Still owed in all
owed-all-penalties = Penalties the employer bears, in all
owed-late = Months that were paid late
column-state = Status
owed-duties = What the law asks of employers, and where you can complain
column-penalty = Penalty
not-published = Not published

wage-title = Is this your wage?
wage-lead = Contributions and benefits are worked out from the wage that the employer reported. If it is not right, say so here.
wage-question = Is { $wage } your wage for { $month }?
wage-reported = Reported wage
wage-yes = Yes
wage-yes-hint = That wage is right.
wage-no = No
wage-no-hint = My wage is different. Enter the right wage below.
wage-real = The right wage
wage-real-hint = Only if the answer is "No". Basic wage and fixed allowances, like Rp5,000,000
wage-word = We keep your answer with its date. It changes no contribution, and you may change it at any time.
wage-done = Your answer is kept
wage-done-text = It is shown on the page of the month, and you can show it to the employer or to us.
wage-nothing = There is no wage to ask about now.
wage-answered = Your answers
wage-your-answer = Answer
wage-answered-on = Answered
wage-said-yes = Yes, it is right
wage-said-no = No, my wage is { $wage }
wage-by-word = You say { $wage }
wage-changed = The employer reported another wage since this page was opened. Look again, then answer
wage-undecided = Choose "Yes" or "No"
wage-same = This wage is the one that was reported. Choose "Yes", or enter another wage
wage-answer-link = Answer
wage-why = Your benefits are worked out from this wage.
wage-all-link = See your answers about wages
evidence-link = All of these months in one document, for your employer or the labour office
evidence-title = Months that are not in order
evidence-lead = These contributions were not received, came late or were too small. What is owed is worked out from the reported wage, by the rules named below. You can show this to your employer, to our staff or to the labour office.
evidence-none = Every month that an employer had to pay for you came in full and on time.
evidence-made = As of { $date }
evidence-state = Status
evidence-sum = Still owed { $owed }, penalty the employer bears { $penalties }
evidence-sources = By these rules:
