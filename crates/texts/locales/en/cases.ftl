# Cases of the support desk: the queue, a case, and what members read and contest.

# What members do and read
contest-link = I contest this
contest-title = Contest what staff did
contest-lead = Tell us what is wrong. A different officer looks into it and tells you the result.
contest-said = What the officer said
contest-label = What is wrong with it
contest-hint = Up to 2,000 characters. No passwords and no codes.
contest-empty = Write what is wrong with it
contest-button = Send it
contest-done-title = We have it: { $reference }
contest-done-text = Keep the number. A different officer looks into it within three days.
contest-closed-title = Your case { $reference } is closed
contest-closed-text = Result: { $outcome }. { $time }
contest-back = Back to the activity
event-act-contested = What staff did was contested
event-staff-opened-case = Staff opened a case for you
event-case-closed = Your case was closed by staff
message-case-opened-sms = { $service }: we have your case { $reference }, { $time }. Not you? Open { $service } yourself, choose Security.
message-case-opened-subject = We have your case { $reference }
message-case-opened-body =
    You contest something that our staff did: { $device }, { $time }. Your case has the number { $reference }.

    A different officer looks into it within three days and tells you the result. Questions? Call { $help } and give the number. It is in your activity too, at { $domain }/activity.
message-case-by-staff-sms = { $service }: our staff { $officer } opened case { $reference } for you, { $time }. Questions? Call { $help }.
message-case-by-staff-subject = Our staff opened case { $reference } for you
message-case-by-staff-body =
    On { $time } our staff { $officer } wrote down what you asked. Your case has the number { $reference }.

    We will tell you the result. Was it not you who asked? Call { $help } and give the number, or contest it in your activity, at { $domain }/activity.
message-case-closed-sms = { $service }: your case { $reference } is closed, { $time }. Questions? Call { $help }.
message-case-closed-subject = Your case { $reference } is closed
message-case-closed-body =
    { $outcome ->
        [helped] Our staff closed your case { $reference } at { $time }: what you asked for is done.
        [corrected] Our staff closed your case { $reference } at { $time }: something was wrong, and is put right.
        [refused] Our staff closed your case { $reference } at { $time }: it could not be done.
        [withdrawn] Our staff closed your case { $reference } at { $time }: you no longer want it.
        [fraud] Our staff closed your case { $reference } at { $time }: somebody else did it. They will discuss with you what happens next.
       *[explained] Our staff closed your case { $reference } at { $time }: everything was right.
    }

    Questions, or do you disagree? Call { $help } and give the number.

# S02
desk-queue-title = Queue
desk-queue-lead = What is due first comes first. You see whose case it is once you have taken it.
desk-queue-cases = Cases
desk-queue-empty = There is no case for this choice.
desk-queue-not-over = All that are not over
desk-queue-choose = Choose
desk-queue-give = Give those chosen to
desk-queue-give-button = Give them
desk-queue-given =
    { $n ->
        [one] 1 case was given
       *[other] { $n } cases were given
    }
desk-queue-not-given =
    { $n ->
        [0] All of them have a new officer.
       *[other] Not given: { $n }. Somebody was faster, or the case is about that officer.
    }
desk-queue-next = Later due
desk-queue-first = Due first
desk-column-case = Case
desk-column-kind = About
desk-column-standing = Status
desk-column-age = Age
desk-column-due = Due
desk-filter-whose = Whose
desk-whose-own = Mine
desk-whose-team = Colleagues'
desk-whose-nobody = Nobody's yet
desk-age-overdue = Overdue
desk-age-day = One day or more
desk-age-three-days = Three days or more
desk-age-week = One week or more
case-kind-recovery = Staged recovery
case-kind-transaction = Transaction not recognised
case-kind-contested = Contested act of staff
case-kind-correction = Correction of the record
case-kind-question = Question
case-open = Open
case-taken = In work: { $officer }
case-waiting = Waiting for the member: { $officer }
case-closed = Closed
case-standing-taken = In work
case-standing-waiting = Waiting for the member
case-due-in = in { $length }
case-due-past = overdue for { $length }
case-days = { $n } days

# S03
desk-case-title = Case { $reference }
desk-case-opened = Came in
desk-case-next = What comes next
desk-case-next-open = Nobody has this case. Take it, or leave it to a colleague.
desk-case-next-taken = You have this case. Write down what you do, and close it with its outcome.
desk-case-next-waiting = The member has to answer. Continue when the answer is there.
desk-case-next-others = A colleague has this case. You can read it.
desk-case-next-closed = This case is over: { $outcome }.
desk-case-about = What it is about
desk-case-recovery = Staged recovery { $reference }
desk-case-recovery-waiting = The owner can stop it until { $time }.
desk-case-recovery-unproved = The owner's time is over. The proof is missing: two officers record it.
desk-case-recovery-ready = It is proved. The member can set a password.
desk-case-recovery-over = Over since { $time }.
desk-case-report = Report { $reference }
desk-case-report-row = { $amount } on { $day }
desk-case-report-open = The report is open.
desk-case-report-closed = The report was closed at { $time }.
desk-case-gone = It is no longer kept.
desk-case-line = In the activity of the member: { $what }, { $time }
desk-case-member = The member
desk-case-member-hidden = You see who it is once you have taken the case. The member is told that you looked.
desk-case-member-none = The details that were given are nobody's.
desk-case-timeline = What happened
desk-case-by-member = the member
case-what-opened = Opened
case-what-taken = Taken
case-what-waits = Waits for the member
case-what-resumed = In work again
case-what-noted = Note
case-what-handed-over = Handed over to { $officer }
case-what-returned = Given back to the queue
case-what-closed = Closed: { $outcome }
case-outcome-helped = done
case-outcome-explained = everything was right
case-outcome-corrected = put right
case-outcome-refused = could not be done
case-outcome-withdrawn = no longer wanted
case-outcome-fraud = somebody else did it
desk-case-take = Take the case
desk-case-wait = Wait for the member
desk-case-resume = Go on
desk-case-return = Give back to the queue
desk-case-note-title = Write a note
desk-case-note-label = Note
desk-case-note-hint = Up to 2,000 characters. Colleagues and auditors read it. No codes and no passwords: nobody may ask for them.
desk-case-note-button = Keep the note
desk-case-draft-button = Save as a draft
desk-case-template-label = Template
desk-case-template-none = None
desk-case-template-button = Insert the template
desk-case-draft = Your draft is kept for eight hours.
desk-case-hand-title = Hand over
desk-case-hand-label = To whom
desk-case-hand-missing = Choose a colleague
desk-case-hand-button = Hand over
desk-case-close-title = Close
desk-case-close-label = What came of it
desk-case-close-missing = Choose what came of it
desk-case-close-why = What was done and why
desk-case-close-button = Close the case
desk-case-changed-theirs = What came in between
desk-case-changed-yours = What you wrote
desk-case-changed-nothing = Nothing was written
case-template-missing = Asked the member for what is missing.
case-template-called-back = Called the member back at the number on record.
case-template-no-answer = Called the number on record. Nobody answered.
case-template-explained = Explained to the member why it is so.
case-template-look-checked = Checked the look: who looked, when, and for what.
case-template-name-missing = Something is missing
case-template-name-called-back = Called back
case-template-name-no-answer = Nobody answered
case-template-name-explained = Explained
case-template-name-look-checked = Look checked
note-long = Note must be 2,000 letters or less
note-empty = Write a note
case-not-own = This case is about what you or your colleague did. Somebody else has to handle it
case-not-taken = A colleague has this case already
case-not-yours = You do not have this case
case-not-already = It is so already
case-not-closed = This case is over
case-not-unfit = This does not come of such a case
desk-record-cases = Cases
desk-record-no-cases = There is no case yet.
desk-new-case-title = Open a case
desk-new-case-lead = It goes to the queue, with your name as the one who opened it.
desk-new-case-kind = What about
desk-new-case-missing = Choose what it is about
desk-new-case-button = Open it
desk-act-queue-read = Read the queue
desk-act-case-read = Read a case
desk-act-case-opened = Opened a case
desk-act-case-taken = Took a case
desk-act-case-noted = Wrote into a case
desk-act-case-waits = Waited, or went on, with a case
desk-act-case-handed-over = Handed a case over
desk-act-case-closed = Closed a case
