# Two membership numbers made one, and taken apart again
message-numbers-sms =
    { $what ->
        [parted] { $service }: two of your membership numbers were taken apart again. Not right? Call { $help }.
       *[merged] { $service }: two of your membership numbers were made one. Nothing is lost. Not right? Call { $help }.
    }
message-numbers-subject =
    { $what ->
        [parted] Your membership numbers were taken apart again
       *[merged] Your membership numbers were made one
    }
message-numbers-body =
    { $what ->
        [parted] On { $time } our officer { $officer } took back what joined two of your membership numbers. What had moved from { $from } to { $into } is under { $from } again.
       *[merged] On { $time } our officer { $officer } joined two of your membership numbers. Everything that was saved under { $from } is now under { $into }. No rupiah came or went.
    }

    Both movements stand at { $domain }/transactions. The reason stands at { $domain }/activity. You did not expect this? Call { $help }.
