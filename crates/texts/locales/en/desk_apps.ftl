# An operator looks at the applications that a member let in, and takes one of them back.

desk-act-apps-read = Read which applications a member let in
desk-act-app-taken-back = Took back what a member let an application do

event-staff-took-app-back = Staff took back what you let an application do
