"""Files by which registers come in and go out: CSV, FollowTheMoney, BODS."""
