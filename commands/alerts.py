"""`chamba alerts`: tells people by mail of new jobs for the searches that they keep.

*/15 * * * *  chamba alerts --data-dir /srv/chamba      every quarter of an hour, by cron; at night it does nothing
"""

from __future__ import annotations

import typer

from commands.options import DATA_DIR, DatabaseUrl, DataDir, MasterKeyFile, PublicAddress

CRON = "Every quarter of an hour, by cron: */15 * * * * chamba alerts --data-dir /srv/chamba"

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog=CRON)
def alerts(
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
    master_keys: MasterKeyFile = None,
    public_address: PublicAddress = "",
) -> None:
    """Mail those whose alerts are due of new jobs: at most five each, every job once, from 7 to 21 in Lima.

    May be killed, run twice at once, and run again. The server sends the mails.
    """
    from api.alerts.running import run_alerts
    from api.configuration.settings import Settings
    from api.services.services import Services

    settings = Settings(
        data_dir=data_dir, database_url=database_url, master_keys=master_keys, public_address=public_address
    )
    services = Services(settings)
    try:
        services.refresh()
        counts = run_alerts(services)
    finally:
        services.close()
    typer.echo(f"{counts.searches} searches looked at, {counts.mails} mails with {counts.jobs} jobs")
