"""What `sample/words/served.toml` holds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sample.word_lists import WordList

Share = Annotated[float, Field(ge=0, le=1)]
Texts = Annotated[tuple[str, ...], Field(min_length=1, strict=False)]
OtherHours = Literal["own", "one_of", "rotating", "within", "flexible"]


class StatedShares(WordList):
    """The shares of ads that state something, of those that could."""

    pay: Share
    hours: Share
    hours_type: Share
    modality: Share
    languages: Share


class ServedWords(WordList):
    """Shares and words of what is served."""

    organisations: int
    unverified_share: Share
    url_share: Share
    address: str
    ended_share: Share
    days_share: Share
    account_share: Share
    findable_share: Share
    click_share: Share
    applied_click_share: Share
    others_shown: int
    stated: StatedShares
    kinds: dict[OtherHours, float]
    hours: dict[str, Texts]
    first_names: Texts
    surnames: Texts
