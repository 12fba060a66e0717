"""The kinds of panels: a number, its trend, bars, lines, columns, a table; a question each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from grafana_foundation_sdk.builders import (
    barchart,
    bargauge,
    common,
    stat,
    table,
    text,
    timeseries,
)
from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.models import common as shown
from grafana_foundation_sdk.models.dashboard import (
    DashboardSpecialValueMapOptions,
    DynamicConfigValue,
    FieldColorModeId,
    MatcherConfig,
    SpecialValueMap,
    SpecialValueMatch,
    Threshold,
    ThresholdsMode,
    ValueMapping,
    ValueMappingResult,
)
from grafana_foundation_sdk.models.text import TextMode

from dashboards.kit import palette, queries
from dashboards.kit.clickhouse import SOURCE, Asked, Format
from dashboards.kit.described import described, unit
from dashboards.kit.messages import Messages
from dashboards.kit.queries import Figure, Source
from gtms.indicators.catalogue import CATALOGUE
from gtms.indicators.definition import Dimension

Panel: TypeAlias = (
    stat.Panel | timeseries.Panel | bargauge.Panel | barchart.Panel | table.Panel | text.Panel
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Thresholds with a meaning: below `doubtful` and below `good`, or above when `high_is_bad`.

    Attributes:
        note: key of the message that says where they come from.
    """

    doubtful: float
    good: float
    note: str
    high_is_bad: bool = False

    def steps(self) -> list[Threshold]:
        """From low to high."""
        colours = [palette.BAD, palette.DOUBTFUL, palette.GOOD]
        if self.high_is_bad:
            colours.reverse()
        low, high = sorted((self.doubtful, self.good))
        return [
            Threshold(None, colours[0]),
            Threshold(low, colours[1]),
            Threshold(high, colours[2]),
        ]


@dataclass(frozen=True, slots=True)
class Question:
    """What a panel asks.

    Attributes:
        title: key of the question. figure: that answers it. judged: where it is good or bad.
        notes: keys of what else is to be known. unit: of Grafana, that of the indicator if None.
        link: uid of the dashboard that tells more.
        names: keys of the names of its measures, where there are several.
        decimals: to be shown.
    """

    title: str
    figure: Figure
    judged: Judged | None = None
    notes: Sequence[str] = ()
    unit: str | None = None
    link: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Panels:
    """Makes panels in one language over one source of figures."""

    words: Messages
    source: Source

    def number(self, asked: Question) -> Panel:
        """One figure, large; what is withheld or has not matured in words."""
        panel = (
            stat.Panel()
            .with_target(Asked(queries.one(self.source, asked.figure)))
            .reduce_options(common.ReduceDataOptions().calcs(["last"]).values(False))
            .graph_mode(shown.BigValueGraphMode.NONE)
            .color_mode(shown.BigValueColorMode.VALUE)
            .text_mode(
                shown.BigValueTextMode.VALUE_AND_NAME
                if len(asked.figure.measures) > 1
                else shown.BigValueTextMode.VALUE
            )
        )
        self._dress(panel, asked)
        self._judge(panel, asked)
        self._name(panel, asked)
        return panel

    def trend(self, asked: Question, band: tuple[str, str] | None = None) -> Panel:
        """The figure over time; grey columns stand where nothing can be told.

        `band`: the measures between which the space is shaded.
        """
        panel = timeseries.Panel().with_target(
            Asked(queries.over_time(self.source, asked.figure), Format.TIME_SERIES)
        )
        self._draw(panel, asked)
        self._name(panel, asked)
        if asked.figure.measures == ("value",):
            panel.override_by_name("value", [_set("displayName", self.words("series.value"))])
        for measure, colour in zip(asked.figure.measures, palette.SERIES, strict=False):
            panel.override_by_name(measure, [_colour(colour)])
        for name, colour in (
            ("withheld", palette.WITHHELD),
            ("not_matured", palette.NOT_MATURED),
        ):
            panel.override_by_name(name, self._absent(name, colour))
        if band is not None:
            low, high = band
            below = self.words(asked.names[low])
            panel.override_by_name(low, [_set("custom.lineWidth", 1)])
            panel.override_by_name(
                high,
                [
                    _set("custom.lineWidth", 1),
                    _set("custom.fillBelowTo", below),
                    _set("custom.fillOpacity", 15),
                ],
            )
        return panel

    def lines(self, asked: Question, dimension: Dimension) -> Panel:
        """The figure over time, a line for each label: never stacked."""
        texts = self._texts(dimension)
        panel = timeseries.Panel().with_target(
            Asked(
                queries.divided_over_time(self.source, asked.figure, dimension.name, texts),
                Format.TIME_SERIES,
            )
        )
        self._draw(panel, asked, "note.gaps")
        panel.display_name("${__field.labels.series}")
        for code, label in texts.items():
            if code in palette.LABELS:
                panel.with_override(
                    MatcherConfig(id_val="byRegexp", options=f"/(^| ){_literal(label)}$/"),
                    [_colour(palette.LABELS[code])],
                )
        return panel

    def bars(
        self, asked: Question, dimension: Dimension, *, ordered: bool = False, most: int = 40
    ) -> Panel:
        """The figure of each label as a bar with its number; withheld ones in words."""
        panel = (
            bargauge.Panel()
            .with_target(
                Asked(
                    queries.divided(
                        self.source,
                        asked.figure,
                        dimension.name,
                        self._texts(dimension),
                        ordered=ordered,
                        most=most,
                    )
                )
            )
            .reduce_options(common.ReduceDataOptions().values(True).calcs([]).limit(most))
            .orientation(shown.VizOrientation.HORIZONTAL)
            .display_mode(shown.BarGaugeDisplayMode.BASIC)
            .value_mode(shown.BarGaugeValueMode.TEXT)
            .name_placement(shown.BarGaugeNamePlacement.LEFT)
            .show_unfilled(True)
            .sizing(shown.BarGaugeSizing.AUTO)
            .min(0)
        )
        self._dress(panel, asked)
        self._judge(panel, asked)
        if "%" in CATALOGUE[asked.figure.indicator].unit_of_count:
            panel.max(100)
        return panel

    def columns(self, asked: Question, down: Dimension, across: Dimension) -> Panel:
        """The figure of each pair of labels: side by side, as one may be in several."""
        texts = self._texts(across)
        panel = (
            barchart.Panel()
            .with_target(
                Asked(
                    queries.crossed(
                        self.source,
                        asked.figure,
                        (down.name, self._texts(down)),
                        (across.name, texts),
                    )
                )
            )
            .x_field("label")
            .stacking(shown.StackingMode.NONE)
            .show_value(shown.VisibilityMode.AUTO)
            .group_width(0.8)
            .bar_width(0.95)
            .fill_opacity(85)
            .legend(_legend())
            .tooltip(common.VizTooltipOptions().mode(shown.TooltipDisplayMode.MULTI))
        )
        self._dress(panel, asked, "note.no_bar")
        for index, (code, label) in enumerate(texts.items()):
            colour = palette.LABELS.get(code, palette.SERIES[index % len(palette.SERIES)])
            panel.override_by_name(label, [_colour(colour)])
        return panel

    def rows(self, asked: Question, dimension: Dimension, heading: str, *, most: int = 40) -> Panel:
        """The measures of each label, a row each; `heading` is the key of the first column."""
        sql = queries.divided(
            self.source, asked.figure, dimension.name, self._texts(dimension), most=most
        )
        return self.listed(asked.title, sql, {"label": heading, **asked.names}, asked)

    def listed(
        self,
        title: str,
        sql: str,
        columns: Mapping[str, str],
        asked: Question | None = None,
        notes: Sequence[str] = (),
    ) -> table.Panel:
        """A table of what a statement answers; `columns` are keys of the names of its columns."""
        panel = (
            table.Panel()
            .with_target(Asked(sql))
            .cell_height(shown.TableCellHeight.SM)
            .show_header(True)
        )
        if asked is not None:
            self._dress(panel, asked)
            self._judge(panel, asked)
        else:
            self._head(panel, title, "\n\n".join(self.words(note) for note in notes))
        for column, key in columns.items():
            panel.override_by_name(column, [_set("displayName", self.words(key))])
        return panel

    def said(self, title: str, key: str) -> Panel:
        """Words: what a part of the dashboard is about."""
        panel = text.Panel().mode(TextMode.MARKDOWN).content(self.words(key))
        return panel.title(self.words(title)).description(self.words(key)).transparent(True)

    # ---- what all of them have -----------------------------------------------------------

    def _texts(self, dimension: Dimension) -> dict[str, str]:
        codes = [*(dimension.labels or {}).values()]
        if codes and dimension.unknown not in codes:
            codes.append(dimension.unknown)
        return {code: self.words.label(dimension.name, code) for code in codes}

    def _head(self, panel: Panel, title: str, description: str) -> None:
        panel.title(self.words(title)).description(description).datasource(SOURCE)
        if not isinstance(panel, text.Panel):
            panel.no_value(self.words("none.chosen")).mappings(self._states())

    def _dress(self, panel: Panel, asked: Question, *notes: str) -> None:
        every = [*asked.notes, *notes, *([asked.judged.note] if asked.judged else [])]
        if asked.figure.about is not None:
            every.append("note.whole")
        self._head(panel, asked.title, described(self.words, [asked.figure.indicator], every))
        measured = asked.unit or unit(self.words, asked.figure.indicator)
        panel.unit(measured)
        if asked.decimals is not None or measured == "percent":
            panel.decimals(1 if asked.decimals is None else asked.decimals)
        if asked.link is not None:
            panel.links([_link(self.words("link.more"), asked.link)])

    def _judge(self, panel: Panel, asked: Question) -> None:
        if asked.judged is None:
            panel.color_scheme(
                build.FieldColor().mode(FieldColorModeId.FIXED).fixed_color(palette.BLUE)
            )
            return
        panel.color_scheme(build.FieldColor().mode(FieldColorModeId.THRESHOLDS))
        panel.thresholds(
            build.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(asked.judged.steps())
        )

    def _draw(self, panel: timeseries.Panel, asked: Question, *notes: str) -> None:
        self._dress(panel, asked, *notes)
        panel.draw_style(shown.GraphDrawStyle.LINE).line_width(2).fill_opacity(0)
        panel.show_points(shown.VisibilityMode.ALWAYS).point_size(6)
        panel.span_nulls(False).axis_soft_min(0).stacking(
            common.StackingConfig().mode(shown.StackingMode.NONE)
        )
        panel.legend(_legend())
        panel.tooltip(common.VizTooltipOptions().mode(shown.TooltipDisplayMode.MULTI))
        panel.color_scheme(build.FieldColor().mode(FieldColorModeId.PALETTE_CLASSIC_BY_NAME))
        if asked.judged is not None:
            panel.thresholds(
                build.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(asked.judged.steps())
            )
            panel.thresholds_style(
                common.GraphThresholdsStyleConfig().mode(shown.GraphThresholdsStyleMode.DASHED)
            )

    def _name(self, panel: Panel, asked: Question) -> None:
        for measure, key in asked.names.items():
            panel.override_by_name(measure, [_set("displayName", self.words(key))])

    def _absent(self, name: str, colour: str) -> list[DynamicConfigValue]:
        """A column over the whole height, on an axis of its own that is not shown."""
        return [
            _set("displayName", self.words(f"series.{name}")),
            _colour(colour),
            _set("custom.drawStyle", "bars"),
            _set("custom.fillOpacity", 35),
            _set("custom.lineWidth", 0),
            _set("custom.showPoints", "never"),
            _set("custom.axisPlacement", "hidden"),
            _set("unit", "none"),
            _set("min", 0),
            _set("max", 1),
            _set(
                "mappings",
                [{"type": "value", "options": {"1": {"text": self.words("state.yes")}}}],
            ),
        ]

    def _states(self) -> list[ValueMapping]:
        return [
            _state(SpecialValueMatch.NULL, self.words("state.withheld")),
            _state(SpecialValueMatch.NA_N, self.words("state.not_matured")),
        ]


def _link(title: str, uid: str) -> build.DashboardLink:
    return build.DashboardLink(title).url(f"/d/{uid}?${{__url_time_range}}&${{__all_variables}}")


def _state(match: SpecialValueMatch, words: str) -> ValueMapping:
    return SpecialValueMap(
        DashboardSpecialValueMapOptions(
            match, ValueMappingResult(text=words, color=palette.GREY, index=0)
        )
    )


def _legend() -> common.VizLegendOptions:
    return (
        common.VizLegendOptions()
        .show_legend(True)
        .display_mode(shown.LegendDisplayMode.LIST)
        .placement(shown.LegendPlacement.BOTTOM)
    )


def _set(name: str, value: object) -> DynamicConfigValue:
    return DynamicConfigValue(name, value)


def _colour(colour: str) -> DynamicConfigValue:
    return DynamicConfigValue("color", {"mode": "fixed", "fixedColor": colour})


def _literal(label: str) -> str:
    return "".join(f"\\{sign}" if sign in r".*+?()[]{}|^$/\\" else sign for sign in label)
