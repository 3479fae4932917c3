# Said on every page, or on more than one.
skip-to-content = Skip to content
other-language = Indonesia
error-prefix = Error:
errors-heading = Some answers need fixing
sending = Sending…
continue-button = Continue
refresh-link = Refresh
as-of = As of { $time }.
call = Call { $phone }
kpj = Membership number (KPJ)
nik-label = NIK
nik-hint = 16 digits on your KTP.
dob-label = Date of birth
dob-hint = As on your KTP, for example 14 7 1990.
dob-day = Day
dob-month = Month
dob-year = Year
never-ask = Our staff never ask for your password, code or PIN.

nav-label = Main menu
nav-dashboard = Dashboard
nav-contributions = Contributions
nav-balance = Balance
nav-personal = Personal details
nav-security = Security
nav-sign-out = Sign out

help-question = Need help?
help-link = Help
help-phone = Call
status-link = Service status
real-address = Our address:

theme-legend = Appearance
theme-auto = Same as device
theme-light = Light
theme-dark = Dark

session-limit = Your session ends { $duration } after the last page.
session-extend = Stay signed in
session-question = Are you still there?
session-left = Your session ends in { $left }. Stay signed in if you are still using this page.

programme-jht = Old-age savings
programme-jp = Pension
programme-jkk = Work accident cover
programme-jkm = Death cover
programme-jkp = Job loss cover
