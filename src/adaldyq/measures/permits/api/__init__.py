"""Operations on permits: the catalogue, and the register of licences."""
