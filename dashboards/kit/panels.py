"""The kinds of panels: a number, its trend, bars, lines, columns, a table; a question each."""

from dataclasses import dataclass
from typing import TypeAlias

from grafana_foundation_sdk.builders import (
    barchart,
    bargauge,
    common,
    geomap,
    stat,
    table,
    timeseries,
)
from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.models import common as shown
from grafana_foundation_sdk.models.dashboard import (
    FieldColorModeId,
    FieldColorSeriesByMode,
    MatcherConfig,
    ThresholdsMode,
)

from dashboards.kit import fields, palette, queries
from dashboards.kit.clickhouse import SOURCE, Asked, Format
from dashboards.kit.described import described, unit
from dashboards.kit.messages import Messages
from dashboards.kit.queries import Figure, Source, Statement
from dashboards.kit.questions import Question
from gtms.indicators.definition import Dimension

Panel: TypeAlias = (
    stat.Panel | timeseries.Panel | bargauge.Panel | barchart.Panel | geomap.Panel | table.Panel
)


@dataclass(frozen=True, slots=True)
class Panels:
    """Makes panels in one language over one source of figures.

    `null` is the key of what NULL means: of figures, that they are withheld.
    """

    words: Messages
    source: Source
    null: str = "state.withheld"

    def number(self, asked: Question) -> Panel:
        """One figure, large; what is withheld or has not matured in words."""
        panel = (
            stat.Panel()
            .with_target(Asked(self._one(asked.figure)))
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
        if asked.link is not None:
            panel.data_links([fields.Link(self.words("link.more"), asked.link)])
        return panel

    def trend(self, asked: Question, band: tuple[str, str] | None = None) -> Panel:
        """The figure over time; grey columns stand where nothing can be told.

        `band`: the measures between which the space is shaded.
        """
        figure = asked.figure
        sql = queries.over_time(self.source, figure) if isinstance(figure, Figure) else figure.sql
        panel = timeseries.Panel().with_target(Asked(sql, Format.TIME_SERIES))
        self._draw(panel, asked)
        self._name(panel, asked)
        if figure.measures == ("value",):
            named = fields.setting("displayName", self.words("series.value"))
            panel.override_by_name("value", [named])
        for measure, colour in zip(figure.measures, palette.SERIES, strict=False):
            panel.override_by_name(measure, [fields.colour(colour)])
        if isinstance(figure, Figure):
            for name in fields.ABSENT:
                panel.override_by_name(name, fields.absent(self.words, name))
        if band is not None:
            low, high = band
            shaded = [
                fields.setting("custom.fillBelowTo", self.words(asked.names[low])),
                fields.setting("custom.fillOpacity", 15),
            ]
            panel.override_by_name(low, [fields.setting("custom.lineWidth", 1)])
            panel.override_by_name(high, [fields.setting("custom.lineWidth", 1), *shaded])
        return panel

    def lines(self, asked: Question, dimension: Dimension | None = None) -> Panel:
        """The figure over time, a line for each label: never stacked.

        Without a dimension a statement answers time, `series` and `Value`; a line then has the
        colour of its last value, as nobody knows how many there are.
        """
        texts = {} if dimension is None else self._texts(dimension)
        figure = asked.figure
        sql = (
            figure.sql
            if isinstance(figure, Statement)
            else queries.divided_over_time(self.source, figure, _named(dimension, asked), texts)
        )
        panel = timeseries.Panel().with_target(Asked(sql, Format.TIME_SERIES))
        self._draw(panel, asked, "note.gaps")
        if dimension is None:
            by_last = build.FieldColor().mode(FieldColorModeId.CONTINUOUS_YL_BL)
            panel.color_scheme(by_last.series_by(FieldColorSeriesByMode.LAST))
        panel.display_name("${__field.labels.series}")
        for index, (code, label) in enumerate(texts.items()):
            own = palette.LABELS.get(code)
            drawn = [fields.colour(own or palette.SERIES[index % len(palette.SERIES)])]
            if own is None:
                drawn.append(fields.setting("custom.lineStyle", {"fill": "dash", "dash": [8, 6]}))
            matcher = MatcherConfig(id_val="byRegexp", options=f"/(^| ){fields.literal(label)}$/")
            panel.with_override(matcher, drawn)
        return panel

    def bars(
        self,
        asked: Question,
        dimension: Dimension | None = None,
        *,
        ordered: bool = False,
        signed: bool = False,
        most: int = 40,
    ) -> Panel:
        """The figure of each label as a bar with its number; withheld ones in words.

        `signed`: it may be below zero. Without a dimension a statement answers text and number.
        """
        panel = (
            bargauge.Panel()
            .with_target(Asked(self._divided(asked, dimension, ordered, most)))
            .reduce_options(common.ReduceDataOptions().values(True).calcs([]).limit(most))
            .orientation(shown.VizOrientation.HORIZONTAL)
            .display_mode(shown.BarGaugeDisplayMode.BASIC)
            .value_mode(shown.BarGaugeValueMode.TEXT)
            .name_placement(shown.BarGaugeNamePlacement.LEFT)
            .show_unfilled(True)
            .sizing(shown.BarGaugeSizing.AUTO)
        )
        self._dress(panel, asked)
        self._judge(panel, asked, palette.PLAIN_BAR)
        if dimension is not None and dimension.name in palette.NAMED and asked.judged is None:
            for code, label in self._texts(dimension).items():
                if code in palette.LABELS:
                    panel.override_by_name(label, [fields.colour(palette.LABELS[code])])
        if not signed:
            panel.min(0)
        if isinstance(asked.figure, Figure) and self._unit(asked) == "percent":
            panel.max(100)
        return panel

    def columns(self, asked: Question, down: Dimension, across: Dimension) -> Panel:
        """The figure of each pair of labels: side by side, as one may be in several."""
        texts = self._texts(across)
        rows, columns = (down.name, self._texts(down)), (across.name, texts)
        sql = queries.crossed(self.source, _figure(asked), rows, columns)
        panel = (
            barchart.Panel()
            .with_target(Asked(sql))
            .x_field("label")
            .stacking(shown.StackingMode.NONE)
            .show_value(shown.VisibilityMode.AUTO)
            .group_width(0.8)
            .bar_width(0.95)
            .fill_opacity(85)
            .legend(fields.legend())
            .tooltip(common.VizTooltipOptions().mode(shown.TooltipDisplayMode.MULTI))
        )
        self._dress(panel, asked, "note.no_bar")
        for index, (code, label) in enumerate(texts.items()):
            colour = palette.LABELS.get(code, palette.SERIES[index % len(palette.SERIES)])
            panel.override_by_name(label, [fields.colour(colour)])
        return panel

    def rows(
        self,
        asked: Question,
        dimension: Dimension | None = None,
        heading: str = "",
        *,
        ordered: bool = False,
        most: int = 40,
    ) -> Panel:
        """A table: the measures of each label, or what a statement answers.

        `heading` is the key of the name of the first column, `asked.names` of the others.
        """
        panel = (
            table.Panel()
            .with_target(Asked(self._divided(asked, dimension, ordered, most)))
            .cell_height(shown.TableCellHeight.SM)
            .show_header(True)
        )
        self._dress(panel, asked)
        self._judge(panel, asked)
        if heading:
            panel.override_by_name("label", [fields.setting("displayName", self.words(heading))])
        self._name(panel, asked)
        return panel

    def world(self, asked: Question, coloured_by: str) -> Panel:
        """A map: a disc on each `country` that a statement answers, coloured by a column."""
        place = (
            common.FrameGeometrySource()
            .mode(shown.FrameGeometrySourceMode.LOOKUP)
            .lookup("country")
        )
        style = {"color": {"field": coloured_by}, "size": {"fixed": 11}, "opacity": 0.85}
        layer = (
            common.MapLayerOptions()
            .type("markers")
            .name(self.words(asked.title))
            .config({"showLegend": True, "style": style})
            .location(place)
            .tooltip(True)
        )
        panel = (
            geomap.Panel()
            .with_target(Asked(self._one(asked.figure)))
            .view(geomap.MapViewConfig().id("coords").lat(20).lon(10).zoom(1))
            .basemap(common.MapLayerOptions().type("default").name("basemap"))
            .layers([layer])
        )
        self._dress(panel, asked)
        self._judge(panel, asked, palette.PLAIN_BAR)
        self._name(panel, asked)
        return panel

    # ---- what all of them have -----------------------------------------------------------

    def _texts(self, dimension: Dimension) -> dict[str, str]:
        codes = [*(dimension.labels or {}).values()]
        if codes and dimension.unknown not in codes:
            codes.append(dimension.unknown)
        return {code: self.words.label(dimension.name, code) for code in codes}

    def _one(self, figure: Figure | Statement) -> str:
        return queries.one(self.source, figure) if isinstance(figure, Figure) else figure.sql

    def _divided(
        self, asked: Question, dimension: Dimension | None, ordered: bool, most: int
    ) -> str:
        figure = asked.figure
        if isinstance(figure, Statement):
            return figure.sql
        name = _named(dimension, asked)
        texts = {} if dimension is None else self._texts(dimension)
        return queries.divided(self.source, figure, name, texts, ordered=ordered, most=most)

    def _unit(self, asked: Question) -> str:
        if asked.unit is not None:
            return asked.unit
        return unit(self.words, _ids(asked)[0]) if len(_ids(asked)) == 1 else "none"

    def _dress(self, panel: Panel, asked: Question, *notes: str) -> None:
        every = [*asked.notes, *notes, *([asked.judged.note] if asked.judged else [])]
        if isinstance(asked.figure, Figure) and asked.figure.heeds is not None:
            every.append("note.whole")
        panel.title(self.words(asked.title)).datasource(SOURCE)
        panel.description(described(self.words, _ids(asked), every))
        panel.no_value(self.words(asked.none))
        panel.override_by_field_type("number", [fields.states(self.words, self.null)])
        measured = self._unit(asked)
        panel.unit(measured)
        if asked.decimals is not None or measured == "percent":
            panel.decimals(1 if asked.decimals is None else asked.decimals)
        if asked.link is not None:
            panel.links([fields.Link(self.words("link.more"), asked.link)])

    def _judge(self, panel: Panel, asked: Question, plain: str = palette.PLAIN_NUMBER) -> None:
        if asked.judged is None:
            panel.color_scheme(build.FieldColor().mode(FieldColorModeId.FIXED).fixed_color(plain))
            return
        panel.color_scheme(build.FieldColor().mode(FieldColorModeId.THRESHOLDS))
        panel.thresholds(
            build.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(asked.judged.steps())
        )

    def _draw(self, panel: timeseries.Panel, asked: Question, *notes: str) -> None:
        self._dress(panel, asked, *notes)
        if isinstance(asked.figure, Statement) and "$__timeInterval" in asked.figure.sql:
            panel.interval("1m")  # what is counted is told by the minute
        panel.draw_style(shown.GraphDrawStyle.LINE).line_width(2).fill_opacity(0)
        panel.show_points(shown.VisibilityMode.ALWAYS).point_size(6)
        panel.span_nulls(False).axis_soft_min(0).stacking(
            common.StackingConfig().mode(shown.StackingMode.NONE)
        )
        panel.legend(fields.legend())
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
            panel.override_by_name(measure, [fields.setting("displayName", self.words(key))])
        for measure, measured in asked.units.items():
            panel.override_by_name(measure, [fields.setting("unit", measured)])


def _figure(asked: Question) -> Figure:
    if not isinstance(asked.figure, Figure):
        raise TypeError(f"{asked.title} needs an indicator")
    return asked.figure


def _named(dimension: Dimension | None, asked: Question) -> str:
    if dimension is None:
        raise TypeError(f"{asked.title} needs a dimension")
    return dimension.name


def _ids(asked: Question) -> tuple[str, ...]:
    figure = asked.figure
    return (figure.indicator,) if isinstance(figure, Figure) else figure.about
