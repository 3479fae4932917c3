# The support desk: pages for staff.

desk-name = { $service } support desk
desk-signed-in-as = Signed in: { $name }, { $role }
desk-printed-by = Printed by { $name }, { $role }
desk-stale = This page was open too long. Send it once more.
desk-needs-script = This page needs scripts and a browser that knows passkeys. Cannot use them? Call your administrator.
desk-role-helpdesk = helpdesk
desk-role-verifier = verifier
desk-role-supervisor = supervisor
desk-role-auditor = auditor
desk-role-administrator = administrator

# S01
desk-sign-in-title = Staff sign-in
desk-sign-in-lead = Staff sign in with a passkey. There is no password here.
desk-sign-in-button = Sign in with a passkey
desk-lost-key = Lost your passkey? Your administrator gives you a new invitation. Help: { $phone }, { $email }
desk-key-old = The question of this page ran out. Use your passkey once more.
desk-key-none = This passkey does not open the support desk. Use the one you made from your invitation.
desk-key-not-verified = Your device did not check that it is you. Turn on its screen lock, then use your passkey again.
desk-demo-text = This is the demonstration. These officers have a passkey made of software:
desk-demo-confirm = Use the demonstration's passkey
desk-confirm-lead = This needs your passkey once more. It then counts for five minutes.
desk-join-title = Your invitation
desk-join-lead = { $name }, you are invited to the support desk as { $role }. Make a passkey on this device. Earlier passkeys of yours stop working.
desk-join-gone = This invitation no longer works: it was used, replaced, or is too old. Ask for a new one.

# S04
desk-look-up-title = Look up a member
desk-look-up-lead = Say why first. The member reads in the activity list who looked and why, and gets a message.
desk-look-up-button = Look up
desk-look-up-another = Look up another member
desk-why-label = What for
desk-why-missing = Choose what you look for
staff-why-call = the member called
staff-why-visit = the member came to the office
staff-why-letter = the member wrote
staff-why-request = a request of the member
staff-why-suspicion = something strange on the account
desk-reason-label = Reason
desk-reason-hint = 10 to 500 characters. The member reads this.
desk-reason-short = Write a reason of 10 characters or more
desk-reason-long = Shorten the reason to 500 characters
desk-kind-label = Look up by
desk-kind-missing = Choose what to look up by
desk-kind-kpj = Membership number (KPJ)
desk-kind-nik = NIK
desk-kind-email = Email
desk-kind-phone = Mobile number
desk-query-label = Number or address
desk-query-hint = All of it. There is no search by parts.
desk-query-format = Write the whole number or address, as chosen above
desk-nobody = Nobody has exactly this. Check it with the member.
desk-own-record = This is your own record. A colleague has to look at it.
desk-too-many = You have looked up as many members as you may for now. Ask your supervisor.

# S05
desk-record-title = Member record
desk-record-account = Has an account.
desk-record-no-account = Has no account yet.
desk-record-reason = Your reason: { $why }. { $reason }
desk-record-until = Open until { $time }, for { $officer } only.
desk-record-fields = Details
desk-record-told = This look is in the member's activity list, and the member gets a message.
desk-column-field = Detail
desk-column-value = On record
desk-column-full = In full
desk-unmask-link = Show for 5 minutes
desk-unmasked-until = In full until { $time }
desk-unmask-title = Show in full: { $field }
desk-unmask-lead = It is shown for five minutes. The member reads that you saw it, and why.
desk-unmask-button = Show for 5 minutes
desk-too-many-fields = You have seen as many details in full as you may for now. Ask your supervisor.
staff-field-nik = NIK
staff-field-kpj = Membership number (KPJ)
staff-field-birth-date = Date of birth
staff-field-address = Home address
staff-field-email = Email
staff-field-phone = Mobile number

# What was done
desk-audit-title = Audit
desk-audit-lead = Everything that was done at this desk, refused things too. That you read this is noted as well.
desk-audit-lines = What was done
desk-audit-empty = Nothing fits this choice.
desk-audit-take = Take it along
desk-audit-take-button = Download as a spreadsheet
desk-take-hint = 10 to 500 characters. It is noted.
desk-column-when = When
desk-column-officer = Officer
desk-column-role = Role
desk-column-act = What
desk-column-outcome = Outcome
desk-column-about = About
desk-column-reason = Reason
desk-column-out = Shut out since
desk-act-invited = Invited to the desk
desk-act-joined = Accepted an invitation
desk-act-signed-in = Signed in
desk-act-confirmed = Used the passkey once more
desk-act-signed-out = Signed out
desk-act-looked-up = Looked up a member
desk-act-opened = Opened a record
desk-act-unmasked = Saw a detail in full
desk-act-audit-read = Read the audit
desk-act-audit-taken = Downloaded the audit
desk-act-staff-listed = Looked at the list of staff
desk-act-disabled = Shut somebody out
desk-act-enabled = Let somebody in again
desk-act-came-back = Came back after being shut out
desk-outcome-done = done
desk-outcome-nothing = nothing found
desk-outcome-refused = refused
desk-outcome-too-much = too many

# Who works here
desk-people-title = Staff
desk-people-lead = New staff are invited with the command: payung staff invite
desk-people-all = Everybody at the desk
desk-people-switch = Shut out or let in
desk-people-out-button = Shut out
desk-people-in-button = Let in again
desk-people-nobody = Nobody has this name, or it is so already
desk-people-own = You cannot do this to yourself. Another administrator has to.
desk-people-twin = This person is at the desk under another name. Shut that one out first.

# What members read of it
activity-staff = By { $officer }: { $why }.
activity-staff-field = Seen in full: { $field }.
activity-staff-reason = Reason: { $reason }
