# Corrections of the record: for members
correction-ask-title = Ask for a correction
correction-ask-row = Is something about this contribution wrong?
correction-ask-next = Our staff check it against a document. Two of them have to agree. We answer within three days.
correction-ask-button = Send
correction-said-label = What is wrong, and what is right?
correction-words-hint = { $least } to { $most } characters.
correction-words-short =
    { $n ->
        [one] Write { $n } character or more
       *[other] Write { $n } characters or more
    }
correction-words-long =
    { $n ->
        [one] Shorten it to { $n } character
       *[other] Shorten it to { $n } characters
    }
correction-full = Too many of your corrections are still open. Call { $phone }, { $hours }.
corrections-title = Corrections
corrections-link = See your corrections
corrections-lead = The corrections you asked for, and where they stand. Earlier details are kept.
corrections-empty = You have not asked for a correction yet.
corrections-contest = Do you disagree, or was it not you who asked? Call { $phone }, { $hours }, and give the number of the correction.
correction-done-title = We have your request
correction-done-text = We tell you as soon as there is news of it.
correction-due = Answered by { $time }.
correction-about-person = Personal details in the population register
correction-own = The member
correction-evidence = Seen: { $document }, number { $number }.
correction-since = In effect since { $date }.
correction-column-field = Detail
correction-column-before = On record
correction-column-after = Right
correction-stage-asked = Asked for
correction-stage-proposed = Proposed, a second officer has to agree
correction-stage-returned = Sent back to the first officer
correction-stage-in-effect = On record
correction-stage-refused = Not corrected
correction-step-asked = Asked for by the member.
correction-step-asked-for = Asked for by { $officer } for the member.
correction-step-proposed = { $officer } proposed what is right.
correction-step-returned = { $officer } sent it back.
correction-step-outdated = Sent back: the record had changed.
correction-step-approved = { $officer } agreed. It is on record.
correction-step-refused = { $officer } left the record as it is.
correction-field-name = Name
correction-field-nik = NIK
correction-field-birth-date = Date of birth
correction-field-sex = Sex
correction-field-month = Month of work
correction-field-employer = Employer
correction-field-wage = Wage reported
correction-field-base = Wage the rates are applied to
correction-field-employer-part = Employer's part
correction-field-worker-part = Worker's part
correction-field-due = Due
correction-field-received = Received
correction-sex-female = Female
correction-sex-male = Male
correction-document-ktp = identity card (KTP)
correction-document-family-card = family card (KK)
correction-document-birth-certificate = birth certificate
correction-document-court-order = court order
correction-document-pay-slip = pay slip
correction-document-bank-proof = bank proof of payment
correction-document-employer-letter = letter of the employer
posting-correction-back = Correction: { $month } taken back
posting-correction-anew = Correction: { $month } booked anew
event-correction-asked = Correction of your record asked for

# What letters tell of it
message-correction-sms =
    { $outcome ->
        [proposed] { $service }: our staff propose correction { $reference } of your record. Not right? Call { $help }.
        [in-effect] { $service }: correction { $reference } is on record. See Personal details at { $domain }
        [refused] { $service }: correction { $reference } was not made. The reason is at { $domain }
        [withdrawn] { $service }: you took correction { $reference } back. Not you? Call { $help }.
       *[asked] { $service }: we have your request, correction { $reference }. Not you? Call { $help }.
    }
message-correction-subject = Correction of your record
message-correction-body =
    { $outcome ->
        [proposed] On { $time } our staff proposed what is right in correction { $reference }. A second officer has to agree before anything changes.
        [in-effect] On { $time } two of our officers put your record right: correction { $reference }. What stood there before is kept.
        [refused] On { $time } our staff left your record as it is: correction { $reference } was not made. The reason is given there.
        [withdrawn] On { $time } you took correction { $reference } back. Your record stays as it is.
       *[asked] On { $time } we received a request to put your record right: correction { $reference }. We answer within three days.
    }

    See it at { $domain }/corrections. Do you disagree, or was it not you who asked? Call { $help } and give the number of the correction.

# For staff
desk-corrections-title = Corrections
desk-corrections-lead = What members say is wrong. One officer proposes what is right and names a document; another one agrees.
desk-corrections-open = To be done
desk-corrections-empty = Nothing is waiting.
desk-corrections-begin = To ask for a correction in a member's name, look the member up first.
desk-corrections-reference = Number
desk-corrections-about = About
desk-corrections-stage = Status
desk-corrections-due = Answer by
desk-corrections-late = Late
desk-correction-row = A contribution, { $programme }
desk-correct-title = Ask for a correction
desk-correct-lead = In the name of the member. The member gets a message about it.
desk-correct-year = Contributions of the year
desk-correct-what = What is wrong
desk-correct-said = What the member says
desk-correct-button = Continue
desk-correct-nothing = Choose what is wrong
desk-correct-full = Too many corrections of this member are open. Decide those first.
desk-correction-title = Correction { $reference }
desk-correction-steps = What happened
desk-correction-beside = On record and right, side by side
desk-correction-changed = Changes
desk-correction-yes = Yes
desk-correction-propose = Propose what is right
desk-correction-propose-text = The fields show what stands on record. Change what is wrong. What follows from the rules is worked out.
desk-correction-document = Document you saw
desk-correction-number = Number of the document
desk-correction-number-hint = No copy is kept: the number and your name are.
desk-correction-since = Right since
desk-correction-kept = On record: { $value }. Leave this empty if it is right.
desk-correction-day-hint = Like 2026-07-14
desk-correction-month-hint = Like 202607
desk-correction-npp-hint = The number of the employer (NPP)
desk-correction-grounds = Why this is right. The member reads it.
desk-correction-propose-button = Propose
desk-correction-decide = Decide
desk-correction-decide-text = Compare with the document. Agreeing puts the record right at once. Sending back or refusing needs a reason.
desk-correction-comment = Reason
desk-correction-approve-button = Agree
desk-correction-return-button = Send back
desk-correction-refuse-button = Leave as it is
desk-correction-own-proposal = This is your own proposal. A colleague decides.
desk-correction-older = Something happened since you opened this. Look at it as it is now.
desk-correction-wrong-stage = This cannot be done at this stage any more.
desk-correction-outdated = The record has changed since the proposal, so it went back. Propose it anew.
desk-correction-taken = This belongs to somebody else, or there is such a contribution already.
desk-correction-waiting = This contribution is not in the savings yet. Try again after the next import is done.
desk-correction-overdrawn = The savings that would be taken back were paid out.
desk-correction-form = { $field }: write it as the hint says
desk-correction-future = { $field }: this has not come yet
desk-correction-unknown = { $field }: no employer has this number
desk-correction-not-published = { $field }: no rule is published for this month
desk-correction-no-money = { $field }: a contribution has an amount
desk-correction-nothing = Nothing is changed. Change what is wrong.
desk-correction-no-document = Choose the document you saw
desk-correction-no-number =
    { $n ->
        [one] Write the number of the document, { $n } character at most
       *[other] Write the number of the document, { $n } characters at most
    }
desk-correction-no-day = Write since when this is right, like 2026-07-14, not later than today
desk-act-corrections-listed = Looked at the corrections
desk-act-correction-asked = Asked for a correction
desk-act-correction-opened = Opened a correction
desk-act-correction-proposed = Proposed a correction
desk-act-correction-approved = Agreed with a correction
desk-act-correction-returned = Sent a correction back
desk-act-correction-refused = Refused a correction
desk-act-numbers-merged = Merged two membership numbers
desk-act-numbers-parted = Took two membership numbers apart
desk-act-returns-made-up = Brought returns to what was declared
