"""Panels and alerts ask only for metrics that the code exports, and every metric of ours can be seen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.http.metrics import Metrics
from index.serving import BundleWatch

GRAFANA = Path(__file__).parents[2] / "grafana"
OF_PROMETHEUS_ITSELF = {"up"}
SUFFIXES = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "gauge": [""], "info": ["_info"]}
NOT_NAMES = {"and", "or", "unless", "offset", "bool", "by", "without", "on", "ignoring"}


def metric_names(promql: str) -> set[str]:
    """The metrics of an expression: its words, without texts, labels, ranges, groupings and functions."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", promql)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", " ", bare)
    bare = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", " ", bare)
    words = re.findall(r"(?<![\w.])[A-Za-z_:][\w:]*(?![\w:])(?!\s*\()", bare)
    return {word for word in words if word not in NOT_NAMES}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of all samples that an app can export."""
    folder = tmp_path_factory.mktemp("no-bundles")
    registry = Metrics(BundleWatch(folder), folder, folder).registry
    return {family.name + suffix for family in registry.collect() for suffix in SUFFIXES[family.type]}


def dashboard() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((GRAFANA / "dashboards" / "chamba.json").read_text())
    return document


def panel_queries() -> Iterator[tuple[str, str]]:
    for panel in dashboard()["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]
    for annotation in dashboard()["annotations"]["list"]:
        yield annotation["name"], annotation["expr"]


def variable_queries() -> Iterator[tuple[str, str]]:
    for variable in dashboard()["templating"]["list"]:
        yield variable["name"], re.sub(r"label_values\((\w+), *\w+\)", r"\1", variable["query"]["query"])


def alert_queries() -> Iterator[tuple[str, str]]:
    for group in yaml.safe_load((GRAFANA / "alerts.yml").read_text())["groups"]:
        for rule in group["rules"]:
            yield rule["alert"], rule["expr"]


@pytest.mark.parametrize(
    ("promql", "names"),
    [
        ("up == 0", {"up"}),
        ('histogram_quantile(0.5, sum by (le, a) (rate(b_bucket{c="d e", f=~"g"}[5m]))) > 1e3', {"b_bucket"}),
        ("sum(rate(a_total[1m])) without (b) / on (c) d or vector(0)", {"a_total", "d"}),
    ],
)
def test_names_are_found_in_expressions(promql: str, names: set[str]) -> None:
    assert metric_names(promql) == names


@pytest.mark.parametrize("queries", [panel_queries, variable_queries, alert_queries])
def test_queries_ask_only_for_what_is_exported(queries: Any, exported: set[str]) -> None:
    asked = list(queries())
    assert asked
    for where, promql in asked:
        names = metric_names(promql)
        assert names, (where, promql)
        assert names <= exported | OF_PROMETHEUS_ITSELF, (where, names - exported)


def test_every_metric_of_ours_is_on_the_dashboard(exported: set[str]) -> None:
    shown = {name for _, promql in panel_queries() for name in metric_names(promql)}
    ours = {re.sub(r"_(bucket|sum|count)$", "", name) for name in exported if name.startswith("chamba_")}
    assert len(ours) >= 8
    assert ours <= {re.sub(r"_(bucket|sum|count)$", "", name) for name in shown}


def test_labels_of_queries_are_labels_of_the_metrics() -> None:
    """A misspelt label would show an empty panel, or an alert that never comes."""
    labels = {"instance", "job", "method", "route", "status", "stage", "step", "le", "version", "model"}
    labels |= {"kind", "outcome", "reason", "feed"}
    for where, promql in [*panel_queries(), *alert_queries()]:
        matched = re.findall(r"([a-z_]+)\s*(?:=~|!=|!~|=)\s*\"", promql)
        grouped = [label for group in re.findall(r"\bby\s*\(([^)]*)\)", promql) for label in group.split(",")]
        assert {label.strip() for label in [*matched, *grouped]} <= labels, where


def test_panels_do_not_overlap_and_use_the_provisioned_source() -> None:
    (source,) = yaml.safe_load((GRAFANA / "provisioning" / "datasources" / "prometheus.yml").read_text())["datasources"]
    taken: set[tuple[int, int]] = set()
    for panel in dashboard()["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
        assert all(target["datasource"]["uid"] == source["uid"] for target in panel.get("targets", []))


def test_prometheus_loads_the_alerts_and_scrapes_the_default_port() -> None:
    config = yaml.safe_load((GRAFANA / "prometheus.yml").read_text())
    assert all((GRAFANA / name).is_file() for name in config["rule_files"])
    assert config["scrape_configs"][0]["static_configs"][0]["targets"] == ["127.0.0.1:8000"]


def test_an_alert_for_each_thing_that_should_wake_somebody() -> None:
    rules = dict(alert_queries())
    assert re.search(r"chamba_jobs_served\s*==\s*0", rules["ChambaNoBundle"])
    assert "2 * 86400" in rules["ChambaStaleBundle"]
    assert re.search(r"chamba_unlogged_answers_total.*>\s*0$", rules["ChambaAnswersNotLogged"])
    assert re.search(r">\s*0\.25$", rules["ChambaSlow"])
    assert re.search(r">\s*0\.01$", rules["ChambaErrors"])
