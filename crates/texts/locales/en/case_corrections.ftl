# The cases that requests to put a record right are, and what officers do by the command line
desk-case-correction = Correction { $reference }
desk-case-correction-link = Open the correction
desk-case-next-decided = You have this case. Say in the correction what is right. The case ends with the decision.
case-not-undecided = This case ends when its correction is decided
desk-act-came-by-line = Came by the command line
correction-stage-withdrawn = Taken back
correction-step-withdrawn = Taken back by the member.
correction-withdraw-button = Take the request back
event-correction-withdrawn = Request for a correction taken back
