"""Charts: what is read, where it is drawn, which numbers stand beside it."""

import re
from datetime import date, timedelta

import pytest
from reading import read

from fronde.report import courses, figures, scales, tables
from fronde.report.counterfactuals import variants
from fronde.report.grounds import grounds, pulls, untold
from fronde.report.learned import SHOWN, posterior, posterior_data, uninformed
from fronde.report.matrix import impossible, matrix, matrix_data, tint
from fronde.report.panel import Band, Line, Panel, draw, share_scale

START = date(2031, 1, 1)
DAYS = tuple(START + timedelta(days=7 * place) for place in range(5))


def test_scale_holds_values_inside_the_drawing():
    scale = scales.Scale(0, 10, 100, 200)
    assert [scale(value) for value in (0, 5, 10, -3, 99)] == [100, 150, 200, 100, 200]
    assert scales.Scale(1, 1, 0, 10)(1) == 5


@pytest.mark.parametrize(
    ("low", "high", "whole"),
    [(0, 1, False), (0, 7, True), (-0.9, 0.2, False), (0, 1e-9, False), (0, 3e12, True), (0, 0.2, True)],
)
def test_ticks_cover_the_range_and_are_few(low, high, whole):
    found = scales.ticks(low, high, 4, whole)
    assert found[0] <= low
    assert found[-1] >= high * (1 - 1e-9)
    assert 2 <= len(found) <= 6
    assert not whole or all(tick == round(tick) for tick in found)


def test_month_ticks_name_the_year_once_and_each_january():
    found = [label for _, label in scales.month_ticks(date(2030, 10, 5), date(2031, 6, 30))]
    assert found == ["Nov 2030", "Jan 2031", "Mar", "May"]
    assert len(scales.month_ticks(date(1, 1, 1), date(9999, 12, 1))) <= 6


def test_a_panel_draws_bands_lines_and_its_sentence():
    values = (0.0, 1.0, 2.0, None, 4.0)
    panel = Panel(
        "T",
        "spoken words",
        bands=(Band(90, tuple((day, 0.0, 4.0) for day in DAYS)),),
        lines=(Line("median", tuple(zip(DAYS, values, strict=True)), label="4"),),
        as_of=DAYS[1],
    )
    drawn = draw(panel)
    assert 'aria-label="spoken words"' in drawn
    assert 'class="b90"' in drawn
    median = re.search(r'<path d="([^"]+)" class="line median"', drawn).group(1)
    assert median.count("M") == 2  # a gap is a gap, not a line across it
    assert 'class="now"' in drawn
    assert ">4</text>" in drawn


def test_step_lines_hold_their_value_until_the_next():
    drawn = draw(Panel("T", "s", lines=(Line("observed", tuple(zip(DAYS, (0, 1, 1, 3, 3), strict=True)), step=True),)))
    assert re.search(r'd="M[\d. ]+(H[\d.]+V[\d.]+){4}"', drawn)


def test_a_panel_without_values_says_so():
    assert "No values." in draw(Panel("T", "s"))


def test_small_multiples_share_one_scale():
    low, high = (Panel("T", "s", lines=(Line("median", ((START, top), (DAYS[1], top))),)) for top in (1.0, 9.0))
    assert {panel.y_range for panel in share_scale([low, high])} == {(0.0, 9.0)}


def test_fans_follow_the_order_of_the_case_and_end_with_the_median(summary):
    found = figures.fans_data(summary)
    assert list(found) == ["leave", "resign", "speak_policy"]
    assert [course.title for course, _ in found["leave"]] == [group["title"] for group in summary["groups"]]
    panel = figures.fig_fans(found["leave"], "leave", date(2031, 4, 28))[0]
    last = summary["fans"]["leave"]["magnates_old"]["q50"][-1]
    assert panel.lines[1].label == f"{last:.1f}".rstrip("0").rstrip(".")
    assert "90% interval" in panel.spoken


def test_groups_without_fortunes_are_named_not_drawn(summary):
    found, without = figures.fortunes_data(summary)
    assert without == ["Diplomats"]
    assert "Diplomats" not in [course.title for course, _ in found]


def test_what_is_heard_shares_a_panel_with_what_is(summary):
    titles = [panel.title for panel in figures.fig_regime(figures.regime_data(summary), None)]
    assert titles == [
        "Discontent as it is / As the leader hears it",
        "Approval / As polled",
        "Policy",
        "Repression",
        "Isolation",
        "Battlefield",
    ]


def test_the_leaders_focal_dates_are_numbered_by_date(summary):
    found = figures.leader_data(summary)
    assert [title for _, title in figures.focal_numbers(found)] == ["Victory parade", "Regional elections"]
    assert [label for _, label in figures.fig_leader(found, None)[0].marks] == ["1", "2"]


def test_twin_shows_the_as_of_date_and_the_last(summary):
    found, _ = figures.fans_data(summary)["leave"][0]
    rows = courses.twin_rows(found, date(2031, 4, 28), str)
    assert rows[-1][0] == "27\u00a0Oct\u00a02031"
    assert "28\u00a0Apr\u00a02031" in [row[0] for row in rows]
    assert len(rows) <= courses.ROWS_IN_TWIN + 2


def test_bars_stand_where_their_numbers_are():
    drawn = tables.bar(tables.bar_scale(0, 100), (10, 60), (20, 40), 30, base=5)
    left, width = re.search(r'class="b90" d="M([\d.]+) 5h([\d.]+)', drawn).groups()
    assert float(left) == pytest.approx(1 + 0.10 * 198, abs=0.06)
    assert float(width) == pytest.approx(0.50 * 198, abs=0.06)


def test_matrix_is_read_by_date_group_and_act(summary):
    dates, acts, cells = matrix_data(summary)
    assert len(dates) == 4
    assert len(cells) == 4 * len(acts) * (len(summary["groups"]) + 1)  # and all groups together
    assert [tint(share) for share in (None, 0.0, 0.5, 1.0, 7.0)] == ["t0", "t0", "t3", "t5", "t5"]


def test_all_groups_together_have_a_scale_of_their_own(page):
    tables_ = [node for node in read(page).by_id("matrix").all("table") if node.attributes["class"] == "matrix"]
    drawn = tables_[-1].all("tbody")[0].all("tr")
    assert drawn[-1].all("th")[0].text.strip() == "All groups together"
    assert not drawn[-1].all("th")[0].all("svg")
    longest = [
        max(
            float(re.search(r"h([\d.]+)v6", bar.attributes["d"]).group(1))
            for row in rows
            for bar in row.all("td")[4].all("path")
            if bar.attributes["class"] == "b90"
        )
        for rows in (drawn[:-1], drawn[-1:])
    ]
    assert all(length > 60 for length in longest)  # of 198: neither row is squeezed by the other


def test_a_chance_is_compared_by_the_error_of_its_mean():
    row = {
        "quantity": "attempt",
        "title": "chance",
        "baseline": 0.02,
        "variant": 0.03,
        "mean": 0.01,
        "se": 0.002,
        "q05": 0.0,
        "q25": 0.0,
        "q75": 0.0,
        "q95": 0.0,
    }
    shown = read(variants({"variants": [{"title": "V", "differences": [row]}]}).content)
    assert "(+0.7 to +1.3)" in shown.all("td")[1].text
    assert shown.all("b")[1].text == "+1.0"  # bold: the interval leaves out zero
    assert "baseline 2%" in shown.text


def test_origins_come_by_size_of_pull(summary):
    sizes = [abs(pull[2]) for pull in pulls(summary)]
    assert sizes == sorted(sizes, reverse=True)


def test_uninformed_parameters_are_those_with_little_contraction(summary):
    found = posterior_data(summary)
    assert found[0]["contraction"] == max(row["contraction"] for row in summary["posterior"])
    assert set(uninformed(found)) == {row["name"] for row in summary["posterior"] if row["contraction"] < 0.1}


def test_origins_that_only_a_new_calibration_can_weigh_are_named(summary):
    left = untold(summary, pulls(summary))
    assert left == ["Public record", "A voice too heavy to leave out"]  # no pull; a pull from too few draws
    shown = read(grounds(summary).content)
    assert "Needs a new calibration to tell: Public record and A voice too heavy to leave out." in shown.text
    names = [row.all("th")[0].text for row in shown.all("table")[0].all("tbody")[0].all("tr")]
    assert len(names) == len(set(names)) == 8  # each origin once, by its largest pull


def test_a_group_that_cannot_do_an_act_has_a_dash_not_a_chance(summary):
    date_ = summary["matrix"]["dates"][-1]
    cell = next(
        row
        for row in summary["matrix"]["cells"]
        if (row["by"], row["group"], row["act"]) == (date_, "magnates_old", "resign")
    )
    assert not impossible(cell)
    cell.update(mean=0.0, base_mean=0.0, p_any=0.0001)
    assert impossible(cell)
    made = [node for node in read(matrix(summary).content).all("table") if node.attributes["class"] == "matrix"][-1]
    words = made.all("tbody")[0].all("tr")[0].all("td")[2].text
    assert "nobody in office" in words
    assert "%" not in words


def test_the_best_informed_are_drawn_and_all_stand_by_mechanism(summary):
    row = summary["posterior"][0]
    summary["posterior"] = [
        {**row, "name": f"m{place % 3}.p{place}", "mechanism": f"m{place % 3}"} for place in range(SHOWN + 9)
    ]
    root = read(posterior(summary).content)
    made = root.all("table")
    assert len(made[0].all("tbody")[0].all("tr")) == SHOWN
    assert sum(len(one.all("tbody")[0].all("tr")) for one in made[1:]) == SHOWN + 9
    assert len(made) == 1 + 3
    assert f"The {SHOWN} best informed of {SHOWN + 9} are drawn." in root.text


def test_rare_options_of_the_leader_share_a_scale_of_their_own(summary):
    found = figures.leader_data(summary)
    ranges = {panel.title: panel.y_range for panel in figures.fig_leader(found, None)}
    assert [panel.title for panel in figures.fig_leader(found, None)] == [option["title"] for option in found]
    assert ranges["Is removed"][1] < 0.05
    assert len({span for title, span in ranges.items() if title != "Is removed"}) == 1


def test_a_quantity_that_no_variant_moves_is_said_in_words():
    row = {"quantity": "attempt", "title": "chance", "baseline": 0.02, "mean": 0.0, "se": 0.0, "q05": 0.0, "q95": 0.0}
    shown = read(variants({"variants": [{"title": "V", "differences": [row]}]}).content)
    assert "The same in every pair of runs" in shown.text
    assert not shown.all("table")
