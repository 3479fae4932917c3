# Claims: making one, following it, and deciding it at the desk.
claims-title = Claims
claims-lead = Claim your savings or another benefit, and follow its progress.
claims-none = You have made no claim here yet.
claims-new-link = Make a claim
claims-heirs = After a death, and for a survivor's pension or a pension after total disability, the family comes to a branch: an account belongs to its member alone.
claims-benefits-link = What each programme pays
claims-back = All claims

# M21, the reason
claim-new-title = Make a claim
claim-new-lead = Choose the reason. We check at once whether the rules allow it, and say which rule if they do not.
claim-reason-legend = Reason for the claim
choose-reason = Choose the reason for the claim
claim-kind-jht-age = Old-age savings: I am old enough
claim-kind-jht-resigned = Old-age savings: I resigned
claim-kind-jht-laid-off = Old-age savings: I was laid off
claim-kind-jht-contract-ended = Old-age savings: my contract ended, or I stopped working for myself
claim-kind-jht-disabled = Old-age savings: total permanent disability
claim-kind-jht-leaving = Old-age savings: I am a foreigner leaving for good
claim-kind-jht-home = Part of my old-age savings, for a home
claim-kind-jht-other = Part of my old-age savings, to prepare for retirement
claim-kind-jp = Pension: I am old enough
claim-kind-jkk = Work accident or occupational disease
claim-kind-jkp = Job loss
claim-hint-jht-age = All savings, in one sum, from the age that the rules set.
claim-hint-jht-resigned = All savings, some time after the employer's statement of resignation.
claim-hint-jht-laid-off = All savings, some time after the lay-off.
claim-hint-jht-contract-ended = All savings, once a fixed-term contract has ended, or you have stopped working for yourself.
claim-hint-jht-disabled = All savings, at once. Attach the doctor's statement.
claim-hint-jht-leaving = All savings, at once, when you leave Indonesia for good.
claim-hint-jht-home = A share of the savings, once, after long enough a membership.
claim-hint-jht-other = A smaller share of the savings, once, after long enough a membership.
claim-hint-jp = You apply and follow it here; another office works out the pension.
claim-hint-jkk = You apply and follow it here; another office works out the amount.
claim-hint-jkp = You apply and follow it here; another office works out the amount.
claim-day-legend = Day it happened
claim-day-hint = For the end of work, a disability, leaving for good or an accident. Leave it empty for other reasons.
claim-day-missing = Enter the day it happened, with day, month and year
claim-day-to-come = The day it happened must not be in the future
claim-tax-label = I have a tax number (NPWP)
claim-tax-hint = Without one, more tax may be withheld from parts that are paid in later years.
claim-not-yet = You cannot claim this now
claim-too-many = You have reached the limit of claims for one month. Call { $phone }
claim-still-working = Our record says that you still work. Your employer reports the end of your work: ask them, or ask for a correction first.
claim-nothing-saved = There are no savings under your membership numbers.

# M21, the tasks
claim-reference = Claim number
claim-stage = Status
claim-tasks-title = What is left to do
claim-task-done = Done
claim-task-left = To do
claim-task-if-any = If you have more to show
claim-no-list = No list of papers is published for this claim. Add what shows your reason; if anything is missing, we ask for it.
claim-check-link = Check and send
claim-kept = We keep a claim that you have not sent for 30 days, with its papers.
claim-papers-title = Papers
claim-paper-other = Another paper
claim-paper-remove = Remove
claim-withdraw-button = Withdraw this claim
claim-back = Back to the claim
claim-account-title = Bank account
claim-account-lead = The money goes to an account in your own name. A new account counts after 12 hours.
claim-bank-label = Bank
claim-bank-number-label = Account number
claim-bank-owner-label = Name of the account holder
bank-choose = Enter the bank
bank-number = Account number must be 6 to 20 digits
bank-owner = The account holder's name differs from the member's. Use an account in your own name
claim-document-lead = One file at a time. If the connection drops, only this file is lost; the others are saved.
claim-file-label = Photo or PDF
claim-file-hint = JPG, PNG or PDF, 5 MB or smaller.
claim-file-button = Upload
claim-file-stripped = We remove what cameras write into photos, such as the place.
file-empty = Choose a photo or PDF of your { $document }
file-size = File must be 5 MB or smaller
file-type = File must be a JPG, PNG or PDF
file-read = We could not read the file. Take the photo again in good light
file-pixels = The picture is too large. Choose a smaller size in your camera and take it again
file-active = This PDF is locked or holds programs or other files. Print it to a new PDF, or take a photo of it
file-many = A claim takes { $n } files. Remove one first

# M21, check and send
claim-check-title = Check your answers
claim-yes = Yes
claim-no = No
claim-missing-title = Still missing
claim-incomplete = Something is still missing, or the rules do not allow it any more. Look below
claim-estimate = This is what it would be today. The amount is worked out again when it is paid.
claim-confirm-label = These details are correct
claim-confirm-hint = Wrong details delay the payment.
confirm-tick = Tick to confirm the details are correct
claim-send-button = Send the claim
claim-sent-title = We have your claim
claim-sent-text = We tell you at each step. Staff never ask for a password, code or PIN.

# M20, one claim
claim-gross = Before tax
claim-gross-paid = Paid, before tax
claim-tax = Tax
claim-net = You receive
claim-rules-title = Why, and by which rules
claim-words-title = Message from our staff
claim-timeline-title = What happened so far
claim-lock-closed = Payouts are closed on your account. Nothing is paid until you open them.
claim-lock-opens = Nothing is paid before { $time }: payouts open then.
claim-clock-due = To be paid by { $date }, { $within } after the claim is complete
claim-clock-passed = That day has passed. Call { $phone }.
claim-stage-draft = Not sent yet
claim-stage-sent = Received
claim-stage-in-review = Being checked
claim-stage-asked = Waiting for you
claim-stage-approved = Approved, waiting to be paid
claim-stage-granted = Accepted; another office pays it
claim-stage-paid = Paid
claim-stage-refused = Refused
claim-stage-withdrawn = Withdrawn
claim-step-begin = Started
claim-step-send = Sent
claim-step-withdraw = Withdrawn
claim-step-take = An officer started to check it
claim-step-ask = More was asked for
claim-step-propose = Proposed for payment
claim-step-return = Returned by the second officer
claim-step-approve = Approved
claim-step-grant = Accepted
claim-step-refuse = Refused
claim-step-pay = Paid

# Activity
event-claim-sent = Claim sent
event-claim-withdrawn = Claim withdrawn
event-claim-moved = Claim moved on by staff
event-claim-paid = Claim paid

# Messages
message-claim-sent-sms = { $service }: claim { $reference } was sent at { $time }. Not you? Open { $service } yourself, choose Help, then This was not me.
message-claim-sent-subject = Claim { $reference }: received
message-claim-sent-body =
    Your claim { $reference } was sent: { $device }, { $time }. We tell you at each step.

    Follow it at { $domain }/claims.

    Was it you? Nothing to do.
message-claim-moved-sms =
    { $stage ->
        [asked] { $service }: claim { $reference } needs something more from you. Open { $service } yourself, choose Claims.
        [approved] { $service }: claim { $reference } is approved. It is paid when payouts are open. Open { $service } yourself, choose Claims.
        [granted] { $service }: claim { $reference } is accepted. Open { $service } yourself, choose Claims.
        [refused] { $service }: claim { $reference } is refused. Open { $service } yourself, choose Claims. Help: { $help }
       *[paid] { $service }: claim { $reference } is paid. Open { $service } yourself, choose Claims.
    }
message-claim-moved-subject =
    { $stage ->
        [asked] Claim { $reference }: we need something more
        [approved] Claim { $reference }: approved
        [granted] Claim { $reference }: accepted
        [refused] Claim { $reference }: refused
       *[paid] Claim { $reference }: paid
    }
message-claim-moved-body =
    { $stage ->
        [asked] Our staff need something more for your claim { $reference } ({ $time }). You find what it is on the page of the claim.
        [approved] Your claim { $reference } is approved ({ $time }). It is paid when payouts of your account are open.
        [granted] Your claim { $reference } is accepted ({ $time }). Another office works out the amount and pays it.
        [refused] Your claim { $reference } is refused ({ $time }). The reason is with the claim. Do you disagree? Call { $help }.
       *[paid] Your claim { $reference } is paid ({ $time }).
    }

    See it at { $domain }/claims.

# The desk
desk-claims-title = Claims that wait
desk-claims-lead = The one that has waited longest comes first.
desk-claims-none = No claim waits.
desk-claim-due = To be paid by
desk-claim-late = late
desk-claim-passed = That day has passed.
desk-claim-late-day = { $rate } more is owed to the recipient for every day
desk-claim-late-month = { $rate } more is owed to the recipient for every month
desk-claim-proposed = Waiting for a second officer
desk-claim-asked = Waiting for the member
desk-claim-name = Member
desk-claim-tax-number = Tax number (NPWP)
desk-claim-net = The member receives
desk-claim-no-papers = No papers.
desk-claim-papers-hint = Papers are downloaded, never shown here. Scan them before you open them.
desk-claim-no-right = The rules do not allow it as things are now
desk-claim-lock = Closed by the member. Only the member opens them.
desk-claim-deeds = What you can do
desk-claim-deed = Choose what to do
desk-claim-words-label = To the member
desk-claim-words-hint = Needed to ask for more, to return and to refuse: 10 to 2,000 characters. The member reads what you ask for and why you refuse.
desk-claim-words = Write 10 to 2,000 characters
desk-claim-two = Above { $limit }, or where the amount is not known, a second officer has to approve.
desk-claim-same = You were the first of the two. Ask a colleague to approve it.
desk-claim-too-late = This was just changed elsewhere, or cannot be done where the claim is. Check it again.
desk-deed-take = Take
desk-deed-ask = Ask for more
desk-deed-approve = Approve
desk-deed-return = Return
desk-deed-refuse = Refuse
desk-deed-pay = Pay
desk-act-claims-listed = Looked at the claims that wait
desk-act-claim-opened = Opened a claim
desk-act-document-taken = Downloaded a paper of a claim
desk-act-claim-handled = Took a claim, or asked for more
desk-act-claim-decided = Decided or paid a claim
