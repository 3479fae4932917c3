# What everybody is told, how the service is, and the audit with its chain.

# M34
status-statements = Statements
status-applications = Other applications with this account
status-claims = Claims and payouts
status-help-line = Help line
status-since = since { $time }
status-history = Before
status-span = from { $from } to { $until }

# S09
desk-act-audit-verified = Checked the chain of the audit
desk-act-announced = Announced something
desk-act-announcement-ended = Took an announcement back
desk-act-status-said = Said how a part of the service is
desk-audit-whose = Member, as lines show
desk-audit-from = From
desk-audit-until = To
desk-audit-too-many = More than { $n } lines. Choose fewer days.
desk-audit-take-json = Download for programs (JSON)
desk-day-format = Write the day like 2026-08-17
desk-range-order = The last day must not be before the first one
desk-column-place = Place
desk-column-link = Mark
desk-chain-title = Is the audit whole?
desk-chain-lead = Every line carries a mark over itself and the line before. Whoever changes, removes or adds one breaks the chain. That you asked is noted.
desk-chain-link = Check all of it
desk-chain-whole = Unbroken
desk-chain-broken = Broken
desk-chain-checked = { $n } of { $of } lines checked just now.
desk-chain-missing = Line { $line } has no place any more: it was taken out.
desk-chain-changed = Line { $line } is not what was written: it was changed or removed.
desk-chain-cut-off = The chain ends at line { $line } and should end at line { $due }.
desk-chain-loose = { $n ->
    [one] { $n } line is in no chain: it was slipped in.
   *[other] { $n } lines are in no chain: they were slipped in.
    }
desk-chain-not-as-noted = Line { $line } is not as it was noted elsewhere.
desk-chain-height = Lines
desk-chain-head = Mark to note elsewhere
desk-chain-note = Note this mark outside of this system now and then. The command payung audit verify holds it against the chain later.
desk-chain-back = To the audit

# S10
desk-notices-title = Notices
desk-notices-lead = Stands above every page, in the language of the page. Of several, the one that began last is shown.
desk-text-indonesian = Text in Indonesian
desk-text-english = Text in English
desk-two-lines-hint = Two lines: { $n } letters at most
desk-two-lines = Shorten it to { $n } letters: two lines
desk-both-languages = Enter the text in both languages
desk-notice-from = Shown from
desk-notice-from-hint = Western time (WIB). Empty: from now on
desk-notice-until = Shown until
desk-notice-until-hint = Western time (WIB)
desk-moment-format = Write day and time like 2026-08-17 21:00
desk-ends-too-soon = The end must be after now and after the beginning
desk-notice-look = Look at it first
desk-notice-preview = How members will see it
desk-notice-publish = Announce it
desk-notice-span = { $from } to { $until }
desk-notices-told = What was announced
desk-notices-none = Nothing was announced yet.
desk-notices-too-many = { $n } notices are open already. Take one back first.
desk-notice-shown = shown now
desk-notice-planned = planned
desk-notice-over = over
desk-notice-withdrawn = taken back
desk-notice-back = Taken back by { $name }, { $time }
desk-notice-withdraw = Take back
desk-notice-withdraw-this = Take back: { $text }
desk-column-text = Text
desk-column-state = Status
desk-column-by = By

# How the service is
desk-service-title = Service status
desk-service-lead = Members read this on the status page. What the program measures stands beside what you say; the worse of the two is shown.
desk-service-say = Say how a part is
desk-service-part = Part
desk-service-part-missing = Choose a part
desk-service-condition = How it is
desk-service-condition-missing = Choose how it is
desk-service-text-hint = What members read, { $n } letters at most. Leave it empty when the part works again
desk-service-button = Say so
