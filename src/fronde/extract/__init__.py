"""From a report's text to proposed claims: who says what, through whom, how firmly, and where in the text.

Rules on tagged tokens; nothing is learnt and nothing is downloaded. Every span is a pair of character offsets
into the text that was given. What comes out is a proposal: a person accepts or corrects it.
"""
