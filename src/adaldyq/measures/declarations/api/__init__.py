"""Operations on declarations: the public register, and filing in bulk."""
