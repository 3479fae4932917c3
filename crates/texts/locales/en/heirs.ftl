# Claims of heirs: opened at the desk, followed with what is on paper, ended by a member who is alive.
heirs-title = Claims of heirs
heirs-lead = Claims about the death of a member, the oldest first. Opening one is written down.
heirs-none = No such claim is open.

# Opening one
heirs-open-title = Open a claim for heirs
heirs-open-lead = For the family of a member who died, with their papers in hand. A member who is alive reads of it at once, by every way, and ends it with one button.
heirs-open-two = It takes a second officer, and nothing is paid in the first { $hours } hours.
heirs-day-legend = Day of the death
heirs-day-hint = As on the death certificate.
heirs-day-missing = Enter the day of the death, with day, month and year
heirs-day-to-come = The day of the death must not be in the future
heirs-before-birth = The day of the death is before the day of birth on record
heirs-relation = What the heir is to the member
heirs-relation-order = A later one claims only where there is none of an earlier one.
heirs-relation-missing = Choose what the heir is to the member
heirs-name = Name of the heir
heirs-name-hint = As on the identity card, and on the bank account.
heirs-name-missing = Enter the name of the heir
heirs-email = Email of the heir
heirs-phone = Mobile number of the heir
heirs-contact-hint = An email or a number: one of both is enough. It stays with the claim, and never touches the member's contacts.
heirs-no-contact = Enter an email or a mobile number of the heir
heirs-reason = Who came, and with what
heirs-reason-hint = In your own words. The member reads it, if alive.
heirs-open-button = Open the claim
heirs-paid-before = All that there is for this death is paid.

# What the heir takes along
heirs-paper-title = For the heir to take along
heirs-paper-lead = Print this page, or copy both by hand. The code is shown this once: nobody here can read it again.
heirs-code = Code
heirs-paper-where = Follow the claim at { $domain }/claims/follow, with both of these. No account is needed.
heirs-paper-care = Keep it with your papers. Our staff never ask for the code.
heirs-paper-go = To the claim

# One claim
heirs-heir = Heir
heirs-contact = Contact of the heir
heirs-told = News to the member
heirs-told-yes = has an account, and was told by every way
heirs-told-no = has no account: nobody could be told
heirs-signed-in = Last sign-in to the account
heirs-paid-after = Contributions came after the death, until
heirs-sum = All together
heirs-paid = Paid to the heir
heirs-wait = Nothing is paid before
heirs-owed-label = Extra owed so far
heirs-rest = The funeral part is paid now. The rest is paid once the heirs have paid what the member still owed.
heirs-missing-title = Still missing
heirs-add-title = Add a paper
heirs-document-lead = One file at a time, as the heir brought it.
heirs-words-label = What you write
heirs-words-hint = Needed to give it back, to refuse it and to give another code: 10 to 2,000 characters.
heirs-deed-complete = It is complete
heirs-deed-return = Give it back
heirs-deed-approve = Agree as second officer
heirs-deed-refuse = Refuse
heirs-deed-pay = Pay
heirs-deed-renew = Another code for the heir
heirs-same = You opened it, or called it complete. Ask a colleague to agree
heirs-void = The second officer may agree no more. Refuse it and open it anew
heirs-missing = Papers are missing. Add them first
heirs-waits = It can be paid from { $time }
heirs-step-open = Opened
heirs-step-complete = Called complete
heirs-step-return = Given back by the second officer
heirs-step-approve = Agreed to by the second officer
heirs-step-refuse = Refused
heirs-step-pay = Paid
heirs-step-object = The member is alive, and said so
heirs-step-renew = Another code was given to the heir
heirs-stage-opened = Papers are gathered
heirs-stage-complete = Complete, being checked
heirs-stage-approved = Approved, waiting to be paid
heirs-stage-paid = Paid
heirs-stage-refused = Refused
heirs-stage-objected = Stopped

# Following one
heirs-follow-title = Follow a claim after a death
heirs-follow-lead = Our condolences. Follow the claim here with the claim number and the code on the paper from our office. You do not need an account.
heirs-follow-reference-hint = It begins with KLW.
heirs-follow-code-hint = It begins with IKT. Spaces and small letters do not matter.
heirs-follow-button = Show the claim
heirs-follow-empty = Enter the claim number and the code
heirs-follow-wrong = No claim has this number and this code. Compare both with the paper
heirs-follow-lost = Lost the paper? Our office gives you another code, and the old one ends.
heirs-follow-children = Apply for children's scholarships at our office, every year.
heirs-opened-at = Opened { $time }
heirs-closed-at = Ended { $time }
heirs-owed = Extra owed so far: { $amount }
heirs-pays-from = It is paid from { $time }. The wait protects members who are alive.
heirs-next-opened = Bring what is missing to one of our offices.
heirs-next-complete = Two officers are checking it. You do not need to do anything.
heirs-next-paid = It was paid to the account you named.
heirs-next-over = Our office tells you why. Call { $phone }, { $hours }.

# A member who is alive
heirs-alive-title = Somebody told us that you have died
heirs-alive-lead = { $officer } of our support desk was told so at { $time }, and an heir claims a benefit.
heirs-alive-what = What the button does
heirs-alive-ends = The claim ends at once, and nothing is paid.
heirs-alive-case = Others at the support desk look into who said so.
heirs-alive-button = I am alive
heirs-alive-not = Are you reading this for a member who has died? Close the page. Nothing changes.
heirs-alive-done-title = The claim has ended
heirs-alive-done-text = Nothing is paid. Others at the support desk look into who said so.
event-staff-told-of-death = Staff were told that you have died

# Messages
message-death-claim-sms =
    { $stage ->
        [asked] { $service }: our staff were told that you have died. Not so? Call { $help }
        [approved] { $service }: a claim about your death is approved. Are you alive? Call { $help }
        [done] { $service }: a claim about your death was paid. Are you alive? Call { $help }
       *[ended] { $service }: the claim about your death has ended. Help: { $help }
    }
message-death-claim-subject =
    { $stage ->
        [asked] Our staff were told that you have died
        [approved] A claim about your death is approved
        [done] A claim about your death was paid
       *[ended] The claim about your death has ended
    }
message-death-claim-body =
    { $stage ->
        [asked] At { $at } our officer { $officer } was told that you have died, and an heir claims a benefit. The claim is { $reference }. Nothing is paid before { $time }, and not without a second officer.
        [approved] At { $at } our officer { $officer }, the second officer, approved the claim { $reference } of an heir about your death. Nothing is paid before { $time }.
        [done] At { $at } the claim { $reference } of an heir about your death was paid. Officer: { $officer }.
       *[ended] At { $at } the claim { $reference } of an heir about your death ended. Officer: { $officer }.
    }

    Are you alive? Call { $help }, or sign in and read your activity list.
message-death-claim-link =
    Are you alive? End the claim with one button, without signing in:

    { $link }
message-heir-claim-sms =
    { $service }: claim { $reference }: { $stage ->
        [opened] opened
        [complete] complete, being checked
        [returned] something is missing
        [approved] approved, not paid yet
        [paid] paid
       *[over] ended
    }. Follow it with your code. Help: { $help }
message-heir-claim-subject =
    Claim { $reference }: { $stage ->
        [opened] opened
        [complete] complete, being checked
        [returned] something is missing
        [approved] approved, not paid yet
        [paid] paid
       *[over] ended
    }
message-heir-claim-body =
    Your claim { $reference }, { $time }: { $stage ->
        [opened] it is opened. Bring what is missing to our office.
        [complete] it is complete, and two officers are checking it.
        [returned] something is missing. Call { $help }, or come to our office.
        [approved] it is approved. It is paid once the waiting time is over.
        [paid] it is paid to the account that you named.
       *[over] it has ended. Call { $help }: our office tells you why.
    }

    Follow it at { $domain }/claims/follow, with the claim number and the code on your paper. Our staff never ask for the code.
