"""What an app holds, behind a client of it."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.services.services import Services


def services_of(client: TestClient) -> Services:
    """The services of the app behind a client."""
    services: Services = client.app.state.services  # type: ignore[attr-defined]
    return services
