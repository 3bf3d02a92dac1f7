"""The tables of the first store: packs, files, and one table for each table of codebook 1.

Frozen: a later codebook brings a later migration.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None

CELLS = {  # table -> its columns beside pack, id and place; all text, empty by default
    "sources": """coder coded_at status known_at note name kind identity role_text group access interest reliability
        reliability_from""",
    "feeds": """coder coded_at status known_at note outlet active_from active_to languages""",
    "reports": """coder coded_at status known_at note outlet title url published_at retrieved_at text_sha256 licence
        language""",
    "origins": """coder coded_at status known_at note label source""",
    "origin_pairs": """coder coded_at status known_at note origin_a origin_b p_same""",
    "claims": """coder coded_at status known_at note report origin line char_start char_end text quote_words
        quote_kind claim_type event_class polarity modality actors group targets date_low date_high
        date_precision count_low count_high count_qualifier reliability credibility_override drift dup_of""",
    "hops": """coder coded_at status known_at note claim position source verb stated kind""",
    "events": """coder coded_at status known_at note event_class plover actors targets date_low date_high visibility
        credence source""",
    "event_claims": """coder coded_at status known_at note event claim relation""",
    "polls": """coder coded_at status known_at note pollster field_start field_end n mode question answer share
        design_effect source""",
    "forecasts": """coder coded_at status known_at note issuer claim statement event_class condition issued_at
        resolve_at words p_low p_high distribution created_by""",
    "resolutions": """coder coded_at status known_at note forecast claim rule strict lenient resolved_at evidence_claims
        basis""",
    "codings": """coder coded_at status known_at note claim variable value""",
    "revisions": """coder coded_at status known_at note table row variable before after""",
}
INDEXES = {
    "claims_by_status": ("claims", "status"),
    "claims_by_origin": ("claims", "origin"),
    "hops_by_claim": ("hops", "claim"),
    "event_claims_by_claim": ("event_claims", "claim"),
    "revisions_by_row": ("revisions", "row"),
}


def _text(name: str, default: str | None = None) -> sa.Column:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _place() -> sa.Column:
    return sa.Column("place", sa.Integer, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table("pack", sa.Column("name", sa.Text, primary_key=True), _text("manifest"))
    columns = [_text(name) for name in ("pack", "name", "format", "columns")]
    op.create_table("sheet", *columns, _place(), sa.PrimaryKeyConstraint("pack", "name"))
    for name, cells in CELLS.items():
        texts = [_text(cell, "") for cell in cells.split()]
        op.create_table(name, _text("pack"), _text("id"), _place(), *texts, sa.PrimaryKeyConstraint("pack", "id"))
    for name, (table, column) in INDEXES.items():
        op.create_index(name, table, ["pack", column])


def downgrade() -> None:
    """Drop the tables."""
    for name in [*CELLS, "sheet", "pack"]:
        op.drop_table(name)
