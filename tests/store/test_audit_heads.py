"""The head of the audit log, written for people to keep elsewhere and read back."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import InvalidInputError
from store.audit_chain import AuditHead, audit_head_from_text


@given(st.integers(0, 10**18 - 1), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_head_is_read_from_its_text(number: int, entry_hash: str) -> None:
    assert audit_head_from_text(f" {str(AuditHead(number, entry_hash)).upper()}\n") == (number, entry_hash)


@given(st.text() | st.from_regex(r"[0-9]{0,20}:[0-9a-f]{62,66}"))
@example("1:" + "a" * 63)
@example("-1:" + "a" * 64)
@example("1:" + "a" * 65)
@example("١:" + "a" * 64)
def test_a_text_is_a_head_or_refused(written: str) -> None:
    try:
        head = audit_head_from_text(written)
    except InvalidInputError:
        return
    assert audit_head_from_text(str(head)) == head
    assert len(head.entry_hash) == 64
    assert head.number >= 0
