# Names of the rules in data/programmes. A key is "rule-" and the rule's name, dots turned to hyphens.
rule-rate-jht-pu = JHT rate of wage earners
rule-rate-jht-bpu = JHT rate of the self-employed
rule-rate-jp-pu = JP rate of wage earners
rule-rate-jkk-pu = JKK rate of wage earners, by risk class
rule-rate-jkk-bpu = JKK rate of the self-employed
rule-rate-jkm-pu = JKM rate of wage earners
rule-rate-jkm-bpu = JKM rate of the self-employed
rule-due-jht-pu = Due date of JHT for wage earners
rule-due-jht-bpu = Due date of JHT for the self-employed
rule-due-jp-pu = Due date of JP for wage earners
rule-due-jkk-pu = Due date of JKK for wage earners
rule-due-jkk-bpu = Due date of JKK for the self-employed
rule-due-jkm-pu = Due date of JKM for wage earners
rule-due-jkm-bpu = Due date of JKM for the self-employed
rule-relief-jkk-pu = Relief: part of JKK that is still paid
rule-relief-jkm-pu = Relief: part of JKM that is still paid
rule-relief-jkk-labour-intensive = Relief of JKK for labour-intensive industry: part that is still paid
rule-relief-jkk-transport = Relief of JKK for self-employed transport workers: part that is still paid
rule-relief-jkm-transport = Relief of JKM for self-employed transport workers: part that is still paid
rule-relief-jkk-other-trades = Relief of JKK for other self-employed: part that is still paid
rule-relief-jkm-other-trades = Relief of JKM for other self-employed: part that is still paid
rule-relief-due-jht-pu = Relief: another due day for JHT
rule-relief-due-jp-pu = Relief: another due day for JP
rule-relief-due-jkk-pu = Relief: another due day for JKK
rule-relief-due-jkm-pu = Relief: another due day for JKM
rule-relief-penalty-jht-pu = Relief: penalty for late JHT contributions, a month
rule-relief-penalty-jp-pu = Relief: penalty for late JP contributions, a month
rule-relief-penalty-jkk-pu = Relief: penalty for late JKK contributions, a month
rule-relief-penalty-jkm-pu = Relief: penalty for late JKM contributions, a month
rule-relief-postponed-jp-pu = Relief: part of JP that was postponed
rule-ceiling-jp = JP wage ceiling
rule-bands-bpu = Base of the self-employed by income
rule-split-jkp = How JKP is paid for
rule-rounding-contributions = Contributions are rounded to
rule-return-jht = Yearly JHT return that is reckoned with

rule-wage-daily-times = Daily wage is multiplied by
rule-wage-piece-rate-mean = Piece rate: average over
rule-wage-weather-piece-rate-mean = Piece rate that depends on the weather: average over
rule-wage-minimum = Lowest wage that counts

rule-firm-micro-capital = Micro firm: capital at most
rule-firm-micro-sales = Micro firm: yearly sales at most
rule-firm-small-capital = Small firm: capital at most
rule-firm-small-sales = Small firm: yearly sales at most
rule-firm-labour-intensive-workers = Labour-intensive industry: workers at least, for the relief
rule-firm-labour-intensive-paid-until = Labour-intensive industry: JKK paid up to, for the relief

rule-penalty-jkk = Penalty for late JKK contributions, a month
rule-penalty-jkm = Penalty for late JKM contributions, a month
rule-penalty-jht = Penalty for late JHT contributions, a month
rule-penalty-jp = Penalty for late JP contributions, a month
rule-penalty-months-counted = Penalty: months that count
rule-penalty-growth = Penalty on the penalty
rule-penalty-cap = Penalty: upper limit
rule-penalty-difference-notice = Over- or underpaid JKK and JKM is notified within
rule-penalty-withheld-prison = Contributions collected but not passed on: prison at most
rule-penalty-withheld-fine = Contributions collected but not passed on: fine at most
rule-penalty-warnings = Workers not registered: warnings
rule-penalty-warning-time = Workers not registered: time of each warning
rule-penalty-unregistered-fine = Workers not registered: fine a month on what was due

rule-arrears-months = JKK and JKM stay covered while unpaid for at most
rule-arrears-self-employed = Arrears of the self-employed count for at most
rule-arrears-labour-intensive = JKK arrears of labour-intensive industry can be paid until

rule-jht-age = Age at which JHT is paid
rule-jht-part-after = Part payment: membership of
rule-jht-part-home = Part payment for a home, at most
rule-jht-part-other = Part payment for other preparation, at most
rule-jht-part-times = Part payment: how often
rule-jht-resignation-wait = Resignation: waiting time
rule-jht-lay-off-wait = Lay-off: waiting time
rule-jht-contract-end = Contract at its end, or self-employed and stopped: paid
rule-jht-total-disability = Total permanent disability: savings are paid
rule-jht-leaving = Foreigner leaving for good: savings are paid
rule-jht-payout = JHT is paid once the claim is complete, within
rule-jht-amount-told = Amount of JHT is told before retirement age
rule-jht-app-limit = Claim in the app, balance at most
rule-jht-declared-return = Declared return a year
rule-jht-return-floor = Lowest return
rule-jht-documents = Documents of a JHT claim
rule-jht-resignation-document = Resignation: document

rule-tax-free = One sum: part without tax
rule-tax-above = One sum: rate above it
rule-tax-together = Payments are added up over calendar years
rule-tax-later = Paid in the third year or later: ordinary rates
rule-tax-without-number = Without a tax number: added to the tax

rule-jp-age = JP retirement age
rule-jp-work-on = Working on after retirement age, at most
rule-jp-least-months = Monthly pension: paid contributions at least
rule-jp-accrual = Pension a year of contributions, of the average wage
rule-jp-widow = Pension of a widow or widower
rule-jp-child = Pension of a child
rule-jp-parent = Pension of a parent
rule-jp-children = Registered children at most
rule-jp-child-until = Pension of a child until age
rule-jp-late-born = Child born after the member died
rule-jp-disability-density = Disability pension: share of months paid, at least
rule-jp-disability-joined = Disability pension: event after joining by
rule-jp-survivor-density = Survivor pension: share of months paid, at least
rule-jp-survivor-joined = Survivor pension: membership of at least
rule-jp-counted-as = Less than 15 years counts as
rule-jp-minimum = Lowest pension a month
rule-jp-maximum = Highest pension a month
rule-jp-bounds-rounding = Bounds of the pension are rounded up to
rule-jp-ceiling-rounding = JP wage ceiling is cut down to
rule-jp-growth = Growth of the economy for the JP wage ceiling
rule-jp-inflation = General inflation for JP wages and pensions
rule-jp-first-payment = First pension is paid once papers are complete, within
rule-jp-payment-day = Later pensions are paid by day of the month
rule-jp-late-payment = Pension paid late: added a month
rule-jp-confirmation = Pensioner confirms data every
rule-jp-lapse = Pension ends without confirmation for
rule-jp-beneficiary-change = Change of the beneficiary list is reported within
rule-jp-rate-review = JP rate is reviewed every
rule-jp-rate-goal = JP rate is to rise to
rule-jp-documents = Documents of a JP claim

rule-jkm-lump-sum = Lump sum
rule-jkm-periodic = Periodic part, paid at once
rule-jkm-funeral = Funeral
rule-jkm-scholarship-once = Scholarship in one sum, until 2019
rule-jkm-scholarship-after = Scholarship: contributions of at least
rule-jkm-payout = JKM is paid after the claim, within
rule-jkm-late = JKM paid late: added a day
rule-jkm-documents = Documents of a JKM claim

rule-scholarship-children = Scholarship: children at most
rule-scholarship-kindergarten = Scholarship for kindergarten, a year
rule-scholarship-kindergarten-years = Scholarship for kindergarten, at most
rule-scholarship-primary = Scholarship for primary school, a year
rule-scholarship-primary-years = Scholarship for primary school, at most
rule-scholarship-lower-secondary = Scholarship for lower secondary school, a year
rule-scholarship-lower-secondary-years = Scholarship for lower secondary school, at most
rule-scholarship-upper-secondary = Scholarship for upper secondary school, a year
rule-scholarship-upper-secondary-years = Scholarship for upper secondary school, at most
rule-scholarship-university = Scholarship for university or training, a year
rule-scholarship-university-years = Scholarship for university or training, at most
rule-scholarship-until = Scholarship until age

rule-jkk-stmb-first = Unable to work for a time: share of the wage at first
rule-jkk-stmb-first-months = Unable to work for a time: first stage
rule-jkk-stmb-second = Unable to work for a time: share of the wage in the second stage
rule-jkk-stmb-second-months = Unable to work for a time: second stage
rule-jkk-stmb-later = Unable to work for a time: share of the wage after that
rule-jkk-wages = Disability and death: monthly wage times
rule-jkk-total = Total permanent disability
rule-jkk-death = Death by a work accident
rule-jkk-funeral = Funeral
rule-jkk-periodic = Periodic part, paid at once
rule-jkk-transport-land = Transport by land, river or lake, at most
rule-jkk-transport-sea = Transport by sea, at most
rule-jkk-transport-air = Transport by air, at most
rule-jkk-aids = Aids and prostheses: price of the rehabilitation centre plus
rule-jkk-reimbursed = Dentures, hearing aid, glasses: limits
rule-jkk-loss-of-both-eyes = Partial disability: both eyes
rule-jkk-loss-of-one-eye = Partial disability: one eye
rule-jkk-loss-of-both-ears = Partial disability: hearing in both ears
rule-jkk-loss-of-one-ear = Partial disability: hearing in one ear
rule-jkk-loss-of-right-arm = Partial disability: right arm from the shoulder
rule-jkk-loss-of-left-arm = Partial disability: left arm from the shoulder
rule-jkk-disability-table = Full table of disabilities
rule-jkk-risk-classes = Risk class by industry
rule-jkk-lapse = The right lapses after
rule-jkk-disease-after-work = Occupational disease after work ended, at most
rule-jkk-report-first = Report, stage I, after the accident
rule-jkk-report-second = Report, stage II, after recovery, disability or death
rule-jkk-missing-papers = Missing papers are named within
rule-jkk-payout = JKK is paid once papers are complete, within
rule-jkk-late = JKK paid late: added a day
rule-jkk-documents = Documents of a JKK claim

rule-jkp-first-share = Cash: share of the wage at first
rule-jkp-first-months = Cash: months of the first stage
rule-jkp-later-share = Cash: share of the wage after that
rule-jkp-later-months = Cash: months of the second stage
rule-jkp-ceiling = Highest wage that counts
rule-jkp-months-paid = Paid contributions at least
rule-jkp-window = Within
rule-jkp-months-in-a-row = Paid contributions in a row
rule-jkp-claim-within = Claim after the lay-off, within
rule-jkp-arrears-of-closed-firm = Firm bankrupt or closed: arrears of at most
rule-jkp-age = Younger than, when registered
rule-jkp-claims = In a career, at most
rule-jkp-between-claims = Paid years between two claims
rule-jkp-applications = From the second month: job applications
rule-jkp-interviews = From the second month: or interviews
rule-jkp-training = From the second month: training attended
rule-jkp-documents = Documents of a JKP claim

rule-bpu-jobs = Registered jobs at most
rule-bpu-age-limit = Age limit for joining

rule-construction-jkk = JKK by contract value
rule-construction-jkm = JKM by contract value
rule-construction-jkk-of-wages = JKK where wages are known
rule-construction-jkm-of-wages = JKM where wages are known

rule-migrant-six-months = Package of 6 months
rule-migrant-twelve-months = Package of 12 months
rule-migrant-twenty-four-months = Package of 24 months
rule-migrant-further-month = Each further month
rule-migrant-before-departure = Before departure through an agency
rule-migrant-twenty-four-months-by-agency = Package of 24 months through an agency
rule-migrant-covered-before = Cover before the contract, at most
rule-migrant-covered-after = Cover after the contract
rule-migrant-covered-after-landing = Cover after landing
rule-migrant-treatment-abroad = Treatment abroad for each case, at most
rule-migrant-savings = JHT contributions to choose from, a month

rule-heirs-order = Order of heirs of JHT, JKM and JKK
rule-heirs-of-nobody-jht = JHT when there are no heirs
rule-heirs-of-nobody = JKM and JKK when there are no heirs
rule-heirs-pension = Registered beneficiaries of a pension

rule-clock-registration = Employer registers a new worker within
rule-clock-own-registration = Registration by the worker is checked within
rule-clock-member-number = Membership number is issued within
rule-clock-card = Card is issued within
rule-clock-change-reported = Employer passes on changed data or wage within
rule-clock-change-confirmed = A change is confirmed within
rule-clock-information = JHT balance and pension right are told every
rule-clock-correction = Personal data is corrected within
rule-clock-breach = A breach is told within
rule-clock-complaints = Route of a complaint
# Words inside rules.
rule-word-started = a month that has begun counts whole
rule-word-simple = does not grow
rule-word-none = none
rule-word-yes = yes
rule-word-no = no
rule-word-at-once = at once, without waiting
rule-word-resignation-statement = the employer's statement of resignation
rule-word-death-certificate = death certificate
rule-word-heir-certificate = heir certificate
rule-word-member-card = member card
rule-word-accident-report-first = accident report, stage I
rule-word-accident-report-second = accident report, stage II
rule-word-spouse-or-child = spouse or child
rule-word-blood-relatives = blood relatives up and down to the second degree
rule-word-siblings = siblings
rule-word-parents-in-law = parents-in-law
rule-word-will = the person named in a will
rule-word-trustee-of-estates = the state trustee for estates
rule-word-whoever-buried = the funeral part to whoever arranged the funeral
rule-word-fund = the rest to the fund
rule-word-spouse = one spouse
rule-word-two-children = two children at most
rule-word-one-parent = one parent
rule-word-agency-unit = the agency's complaint unit
rule-word-labour-office = the labour office
rule-word-social-security-council = the social security council

# Parts of rules, and their units.
rule-part-employer = employer { $value }
rule-part-worker = worker { $value }
rule-part-class = class { $class } { $value }
rule-part-ceiling = wage up to { $value }
rule-part-state = the State { $value }
rule-part-out-of-jkk = out of JKK { $value }
rule-part-out-of-jkm = out of JKM { $value }
rule-part-months-after = { $value } after the month of work
rule-part-rolls-over = moves to the next working day: { $value }
rule-part-until = until { $value } at the latest
rule-part-declared = taken as declared for the demonstration, an assumption: { $value }
rule-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
rule-working-days =
    { $n ->
        [one] { $n } working day
       *[other] { $n } working days
    }
rule-months =
    { $n ->
        [one] { $n } month
       *[other] { $n } months
    }
rule-years =
    { $n ->
        [one] { $n } year
       *[other] { $n } years
    }
rule-hours =
    { $n ->
        [one] { $n } hour
       *[other] { $n } hours
    }
rule-times =
    { $n ->
        [one] once
       *[other] { $n } times
    }
rule-persons =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
rule-day-of-month = day { $n } of the month
rule-step = up to { $end }: { $value }
rule-step-above = above: { $value }
rule-steps =
    { $n ->
        [one] { $n } slice
       *[other] { $n } slices
    }
rule-unknown = not published

# How sure.
rule-mark-a = read in the law or regulation
rule-mark-b = several sources, or an official letter
rule-mark-c = one secondary source
rule-mark-d = derived by arithmetic
rule-mark-u = no source, not reckoned with
rule-mark-assumption = an assumption
