# A new number that two officers bring is proved by whoever holds it.

desk-act-code-sent = Had a code sent to a new number
desk-act-number-proved = The new number was proved with a code
desk-act-unproved = The new number is not proved yet: the member types the code on our page first
desk-act-page-unproved = A code went to the new number. Whoever holds it types the code at { $place }. Until then nobody can approve this.
desk-act-page-code-never = Never let anyone read you the code.
desk-act-code-button = Send another code
desk-act-code-wait = Another code can be sent at { $time }
desk-act-code-day = No more codes go to this number today
desk-number-title = Confirm a new mobile number
desk-number-lead = Our support desk was asked to add a mobile number to an account, and sent a code there. Did you ask for it? Type the number and the code here.
desk-number-never = Type the code yourself, here only. Our staff never need it: do not read it to anyone.
desk-number-phone-label = New mobile number
desk-number-phone-format = Enter the whole mobile number, for example 0812 3456 7890
desk-number-code-format = Enter the 6 digits from the text message
desk-number-wrong = Number and code do not match. Check both
desk-number-late = This code ran out. Ask our staff to send another one
desk-number-paused = Too many did not match. Try again at { $time }
desk-number-button = Confirm the number
desk-number-not = Not you? Do nothing: without the code the number is not added.
desk-number-done-title = The number is confirmed
desk-number-done-text = It is used for the account once a second officer has approved it and the waiting time is over.
