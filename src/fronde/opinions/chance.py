"""Numbers of the decisions drawn in this room, clear of the model's own (`fronde.domain.draws.Decision`)."""

from enum import IntEnum


class Decision(IntEnum):
    """What a draw decides. Append only. Even and odd neighbours share a block of the generator."""

    BARGAIN = 40000  # which bargain an actor carries out
    PLACE = 40002  # civil violence: where a person stands at the start
    CHARACTER = 40004  # hardship; with 40005 risk aversion
    ORDER = 40006  # activation order in a tick; with 40007 where to move
    ARREST = 40008  # whom to arrest; with 40009 for how long
    POWER = 40010  # by how much a group's power is misjudged
