"""Problems as answers describe them (RFC 9457), and the versions that an answer names."""

from __future__ import annotations

from pydantic import ConfigDict, Field, JsonValue

from api.schemas.fields import Document

VERSIONS: dict[str, JsonValue] = {
    "bundle": "20261124T132527860630-bd0538d8",
    "model": "bd0538d8d43a8a87",
    "reranker": "logistic-regression-c6830118",
}


class InputFault(Document):
    """One thing wrong with the input, at the dotted path `field`."""

    field: str
    message: str
    expected: str | None = None
    got: str | None = None
    fix: str | None = None


class ProblemDocument(Document):
    """An RFC 9457 problem."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/invalid-input",
                    "title": "The input cannot be used",
                    "status": 422,
                    "detail": "limit: Input should be less than or equal to 100",
                    "errors": [
                        {"field": "limit", "message": "Input should be less than or equal to 100", "got": "1000"}
                    ],
                }
            ]
        }
    )

    type: str = Field(examples=["/problems/invalid-input"])
    title: str
    status: int
    detail: str
    errors: list[InputFault] | None = None
    missing: dict[str, str] | None = Field(None, description="of /readyz: what is not there, and why")
    request_id: str | None = Field(None, description="as in `X-Request-ID`: name it when you ask about the problem")
    at: str | None = Field(None, description="the address that helps")
    messages: dict[str, str] | None = Field(None, description="what to tell a person, by language: es, en")


class ProblemPage(Document):
    """What a kind of problem is, and what to do about it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/not-found",
                    "title": "There is no such thing",
                    "status": 404,
                    "what": "Nothing is at that address, or what it names does not exist for whoever asks.",
                    "fix": "Check the id and the address; all addresses are at `/docs`.",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    what: str
    fix: str
