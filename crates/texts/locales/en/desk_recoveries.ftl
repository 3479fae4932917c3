# Staged recoveries at the support desk.

desk-act-recovery-opened = Opened a staged recovery
desk-act-recovery-proved = Said what was seen for a staged recovery
desk-act-recovery-refused = Refused a staged recovery
desk-recovery-link = Open the recovery and say what you saw
desk-recovery-lead = Two officers look at the document themselves, each with their own eyes. The owner can stop it for 72 hours and hears of every step; the member reads that you looked at this.
desk-recovery-asked = Asked for
desk-recovery-stoppable = The owner can stop it until
desk-recovery-opens = With proof it opens
desk-recovery-contact = New contact
desk-recovery-lost = Says is lost
desk-recovery-nothing-lost = nothing
desk-recovery-wants = Wants to prove it
desk-recovery-waiting = The owner has time until { $time }. The proof is missing.
desk-recovery-proved = Proved. The owner has time until { $time }.
desk-recovery-over = { $end ->
        [stopped] Stopped by the owner
        [refused] Refused by the desk
        [done] Done
        [undone] Done, and taken back by the owner
       *[expired] Nobody brought it to its end
    }, { $time }
desk-recovery-owner = Whom to expect
desk-recovery-name = Name
desk-recovery-nobodys = Nobody: the details fit no account, or another recovery was open. Check the number and the date of birth with the member, and have them start again.
desk-recovery-seen = What was seen
desk-recovery-none = Nothing yet.
desk-recovery-document = Document
desk-recovery-convinced = Lost, as far as it convinced
desk-recovery-first = First officer
desk-recovery-second = Second officer
desk-recovery-by = { $officer }, { $time }
desk-recovery-nobody-yet = nobody yet
desk-recovery-act = { $what ->
        [shown] Looked at
        [proved] Seen by a first officer
        [confirmed] Seen by a second officer
        [proof-refused] Tried to say what was seen
       *[refused] Refused
    }
desk-recovery-say = Say what you saw
desk-recovery-own = You have said what you saw. A colleague has to look too.
desk-recovery-way-label = How you saw the document
desk-recovery-way-missing = Choose how you saw the document
desk-recovery-branch = at a branch
desk-recovery-video = by video
desk-recovery-letter = with a letter of the employer
desk-recovery-document-label = Which original document
desk-recovery-document-missing = Choose the document
desk-recovery-ktp = KTP
desk-recovery-passport = passport
desk-recovery-digits-label = 6 digits from the document
desk-recovery-digits-hint = KTP: the last 6 digits of the NIK. Passport: the date of birth as DDMMYY. They are compared and not kept. Compare name and face too.
desk-recovery-wrong = These are not the digits on record. Read them from the document once more.
desk-recovery-lost-label = What is lost, as far as it convinces you. Nothing else is removed.
desk-recovery-prove = I saw it: record it
desk-recovery-refuse = Refuse the recovery
desk-recovery-self = You have said what you saw. Ask a colleague to look
desk-recovery-differs = This is not what the first officer saw. Look once more together, or refuse the recovery
desk-recovery-not-stated = The member never said that this is lost
