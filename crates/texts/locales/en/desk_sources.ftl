# Where acts at the desk came from (S09).

desk-column-source = From where
desk-column-network = Network
desk-column-session = Session
desk-audit-origin = Came by
desk-audit-network = Network, as lines show
desk-audit-session = Session, as lines show
desk-origin-desk = pages of the desk
desk-origin-command-line = command line
desk-origin-member = the member
desk-origin-program = the program itself
desk-source-session = { $network }, session { $session }
