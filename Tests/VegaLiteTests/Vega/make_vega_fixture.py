"""What Vega makes of specifications, for VegaLiteTests to hold ours against.

    pip install vl-convert-python && python3 make_vega_fixture.py

vl-convert (BSD-3-Clause) runs Vega-Lite and Vega themselves. Rows come out as texts of a text mark, places as items of
the scene graph, in parts of a field of 1000 × 1000 pixels.
"""

import json
import math
import pathlib
import random
import re

import vl_convert

random.seed(7)
HERE = pathlib.Path(__file__).parent

RUNS = [
    {"run": run, "epoch": epoch, "loss": round(2.5 * math.exp(-0.3 * epoch) + 0.1 * index + random.random() / 5, 4),
     "group": "even" if index % 2 == 0 else "odd"}
    for index, run in enumerate(["b", "a", "c"]) for epoch in range(1, 9)
]
GAPS = [
    {"k": "x", "t": 1, "v": 3}, {"k": "y", "t": 1, "v": -2}, {"k": "x", "t": 2, "v": None},
    {"k": "z", "t": 2, "v": 4}, {"k": "x", "t": 4, "v": 7.5}, {"k": "y", "t": 4, "v": 1},
    {"k": "z", "t": 3, "v": 0}, {"k": "y", "t": 3, "v": 9},
]
SPREAD = [{"g": "pq"[i % 2], "v": round(random.gauss(i % 2 * 3, 1 + i % 2), 4), "w": i} for i in range(40)]
DAYS = [{"day": f"2026-{m:02d}-{d:02d}T{h:02d}:30:00Z", "n": m * d + h}
        for m, d, h in [(1, 5, 3), (1, 20, 14), (2, 1, 0), (4, 30, 23), (7, 4, 9), (12, 31, 12), (3, 15, 5)]]
TABLES = {"runs": RUNS, "gaps": GAPS, "spread": SPREAD, "days": DAYS}

TRANSFORMS = [
    ("runs", [{"filter": "datum.loss < 1 && datum.run != 'a'"}], ["run", "epoch"]),
    ("runs", [{"filter": {"field": "epoch", "range": [3, 5]}}], ["run", "epoch"]),
    ("runs", [{"filter": {"and": [{"field": "run", "oneOf": ["a", "c"]}, {"not": {"field": "epoch", "gt": 2}}]}}], ["run", "epoch"]),
    ("gaps", [{"filter": {"field": "v", "valid": True}}], ["k", "v"]),
    ("gaps", [{"filter": {"field": "v", "lte": 3}}], ["k", "v"]),
    ("runs", [{"calculate": "datum.loss * 2 + epochs", "as": "z"}], ["z"]),
    ("gaps", [{"aggregate": [{"op": op, "field": "v", "as": op} for op in
        ["count", "valid", "missing", "distinct", "sum", "product", "mean", "average", "variance", "variancep", "stdev",
         "stdevp", "stderr", "median", "q1", "q3", "min", "max"]], "groupby": ["k"]}],
     ["k", "count", "valid", "missing", "distinct", "sum", "product", "mean", "average", "variance", "variancep", "stdev",
      "stdevp", "stderr", "median", "q1", "q3", "min", "max"]),
    ("runs", [{"aggregate": [{"op": "count"}], "groupby": []}], ["count"]),
    ("runs", [{"joinaggregate": [{"op": "min", "field": "loss", "as": "best"}], "groupby": ["run"]}], ["run", "epoch", "best"]),
    ("spread", [{"bin": True, "field": "v", "as": ["from", "to"]}], ["v", "from", "to"]),
    ("spread", [{"bin": {"maxbins": 5}, "field": "v", "as": ["from", "to"]}], ["v", "from", "to"]),
    ("spread", [{"bin": {"step": 0.75}, "field": "v", "as": ["from", "to"]}], ["v", "from", "to"]),
    ("spread", [{"bin": {"maxbins": 33, "nice": False}, "field": "w", "as": ["from", "to"]}], ["w", "from", "to"]),
    ("spread", [{"bin": {"extent": [0, 4], "maxbins": 8}, "field": "v", "as": ["from", "to"]}], ["v", "from"]),
    ("runs", [{"window": [{"op": "mean", "field": "loss", "as": "smooth"}], "frame": [-1, 1],
               "sort": [{"field": "epoch"}], "groupby": ["run"]}], ["run", "epoch", "smooth"]),
    ("gaps", [{"window": [{"op": op, "as": op} for op in ["row_number", "rank", "dense_rank", "percent_rank"]],
               "sort": [{"field": "t", "order": "descending"}]}],
     ["k", "t", "row_number", "rank", "dense_rank", "percent_rank"]),
    # Among the first of equal rows Vega 5 and 6 give cume_dist too small.
    ("gaps", [{"window": [{"op": "cume_dist", "as": "d"}], "sort": [{"field": "t"}, {"field": "k"}]}], ["k", "t", "d"]),
    ("gaps", [{"window": [{"op": "lag", "field": "t", "as": "l"}, {"op": "lead", "field": "t", "param": 2, "as": "m"},
                          {"op": "first_value", "field": "t", "as": "f"}, {"op": "last_value", "field": "t", "as": "e"},
                          {"op": "ntile", "param": 3, "as": "q"}, {"op": "nth_value", "field": "t", "param": 2, "as": "n"}],
               "groupby": ["k"], "sort": [{"field": "t"}]}], ["k", "t", "l", "m", "f", "e", "q", "n"]),
    ("gaps", [{"window": [{"op": "sum", "field": "t", "as": "s"}, {"op": "count", "as": "c"}], "sort": [{"field": "t"}]}],
     ["k", "t", "s", "c"]),
    ("gaps", [{"window": [{"op": "sum", "field": "t", "as": "s"}], "sort": [{"field": "t"}], "ignorePeers": True,
               "frame": [None, None]}], ["k", "s"]),
    ("spread", [{"fold": ["v", "w"], "as": ["name", "number"]}], ["g", "name", "number"]),
    ("gaps", [{"pivot": "k", "value": "v", "groupby": ["t"]}], ["t", "x", "y", "z"]),
    ("runs", [{"pivot": "run", "value": "loss", "groupby": ["group"], "op": "max"}], ["group", "a", "b"]),
    ("gaps", [{"impute": "v", "key": "t", "groupby": ["k"], "value": 0}], ["k", "t", "v"]),
    ("gaps", [{"impute": "v", "key": "t", "groupby": ["k"], "method": "mean"}], ["k", "t", "v"]),
    ("gaps", [{"impute": "v", "key": "t", "keyvals": {"start": 0, "stop": 6, "step": 2}, "groupby": ["k"], "value": -1}],
     ["k", "t", "v"]),
    ("runs", [{"stack": "loss", "groupby": ["epoch"], "sort": [{"field": "run"}], "as": ["a", "b"]}], ["run", "epoch", "a", "b"]),
    ("runs", [{"stack": "loss", "groupby": ["epoch"], "offset": "normalize", "as": ["a", "b"]}], ["run", "a", "b"]),
    ("runs", [{"stack": "loss", "groupby": ["epoch"], "offset": "center", "as": ["a", "b"]}], ["run", "a", "b"]),
    ("gaps", [{"stack": "v", "groupby": ["t"], "as": ["a", "b"]}], ["k", "t", "a", "b"]),
    ("days", [{"timeUnit": "utcyearmonth", "field": "day", "as": "u"}, {"calculate": "time(datum.u)", "as": "u"}], ["n", "u"]),
    ("runs", [{"loess": "loss", "on": "epoch", "groupby": ["run"], "bandwidth": 0.5}], ["run", "epoch", "loss"]),
    ("spread", [{"loess": "v", "on": "w", "bandwidth": 0.3}], ["w", "v"]),
    ("runs", [{"loess": "loss", "on": "epoch", "bandwidth": 0.4}], ["epoch", "loss"]),
    ("runs", [{"regression": "loss", "on": "epoch", "groupby": ["run"]}], ["run", "epoch", "loss"]),
    *[("runs", [{"regression": "loss", "on": "epoch", "method": method, "params": True}], ["rSquared"])
      for method in ["linear", "log", "exp", "pow", "quad", "poly"]],
    ("runs", [{"regression": "loss", "on": "epoch", "method": "quad", "params": True},
              {"calculate": "datum.coef[0]", "as": "a"}, {"calculate": "datum.coef[1]", "as": "b"},
              {"calculate": "datum.coef[2]", "as": "c"}], ["a", "b", "c"]),
    ("runs", [{"regression": "loss", "on": "epoch", "method": "exp", "params": True},
              {"calculate": "datum.coef[0]", "as": "a"}, {"calculate": "datum.coef[1]", "as": "b"}], ["a", "b"]),
    ("spread", [{"density": "v", "steps": 20, "groupby": ["g"]}], ["g", "value", "density"]),
    ("spread", [{"density": "v", "steps": 15, "cumulative": True, "extent": [-8, 8]}], ["value", "density"]),
    ("spread", [{"density": "v", "steps": 10, "counts": True, "bandwidth": 0.5}], ["value", "density"]),
    ("spread", [{"quantile": "v", "step": 0.1}], ["prob", "value"]),
    ("spread", [{"quantile": "v", "probs": [0, 0.25, 0.9, 1], "groupby": ["g"]}], ["g", "prob", "value"]),
    ("runs", [{"calculate": "split(datum.run + '-' + datum.group, '-')", "as": "parts"}, {"flatten": ["parts"]}], ["epoch", "parts"]),
]
for unit in ["year", "quarter", "month", "yearmonthdate", "monthdate", "date", "day", "hours", "hoursminutes", "yearquarter"]:
    TRANSFORMS.append(("days", [{"timeUnit": "utc" + unit, "field": "day", "as": "u"},
                                {"calculate": "time(datum.u)", "as": "u"}], ["n", "u"]))

EXPRESSIONS = [
    "1 + 2 * 3 - 4 / 8 % 3", "-2 * -(3 - 5)", "!datum.zero", "datum.zero || 'none'", "datum.word && datum.two",
    "datum.two > 1 ? 'big' : 'small'", "1 < 2 == true", "'2' == 2", "'2' === 2", "null == 0", "datum.missing == null",
    "'a' + 1 + 2", "1 + 2 + 'a'", "'b' < 'a'", "'10' < '9'", "'10' < 9", "datum['word'].length", "datum.word[1]",
    "[1, 2, 3][1] + [4].length", "abs(-3.5)", "ceil(1.2) + floor(-1.2) + round(-2.5) + round(2.5)", "sqrt(2)", "exp(1)",
    "log(10)", "pow(2, 0.5)", "pow(-2, 3)", "sin(1)", "cos(2)", "tan(0.5)", "min(3, 1, 2)", "max(3, 1, 2)",
    "clamp(5, 0, 3)", "hypot(3, 4)", "if(datum.two == 2, 'yes', 'no')", "isNaN(NaN)", "isValid(null)", "isNumber('1')",
    "isString('1')", "isBoolean(true)", "isArray([1])", "isFinite(1/0)", "toNumber('12.5')", "toString(12.50)",
    "toBoolean('x')", "parseInt('12.7px')", "parseFloat('3.5e2x')", "length('abc')", "indexof('hello', 'l')",
    "indexof([1, 2, 3], 3)", "inrange(2, [1, 3])", "slice('hello', 1, -1)", "slice([1,2,3,4], -2)", "substring('hello', 3, 1)",
    "lower('ABC') + upper('def')", "trim('  x ')", "pad('7', 3, '0', 'left')", "truncate('a long text', 6)", "split('a,b,c', ',')[2]",
    "join([1, 2, 3], '-')", "replace('aXbX', 'X', '_')", "reverse([1, 2, 3])[0]", "extent([3, null, 1, 2])[1]", "span([3, 9])",
    "sort([3, 1, 2])[0]", "format(1234.5678, ',.2f')", "format(0.1234, '.1%')", "format(1234567, '.3s')", "format(0.00012345, '.2e')",
    "format(42, '05d')", "format(-3.14159, '+.3g')", "format(1e21, 'd')", "format(12.5, '.0f')", "format(0.000001234, '.3r')",
    "format(1234.5, '$,.2f')", "format(5, '>6')", "format(1200, '.3e')", "format(1e20, '.4g')", "format(5e-7, '.3~g')", "format(0, '.2e')", "format(3.10, '.4~f')", "format(-12, '(.1f')", "1e21", "1e-7", "0.1 + 0.2", "100000000000000000000",
    "123456789.123", "1 / 3", "-0", "5e-324", "utcyear(datetime(2026, 10, 23)) >= 2026", "PI", "E * LN10",
    "0xff", "1 === 1.0", "'it\\'s'", "true + 1", "null + 1", "datum.two - '1'", "datum.word * 2",
    "datum.two >= 2 && datum.word != 'x' || false", "((1))", "length([1,2])",
]

ROW = {"zero": 0, "two": 2, "word": "text", "missing": None}

MARKS = [
    ("gaps", {"mark": "point", "encoding": {"x": "Qt0", "y": "Qv0"}}),
    ("runs", {"mark": "line", "encoding": {"x": "Qepoch", "y": "Qloss", "color": "Nrun"}}),
    ("runs", {"mark": "line", "encoding": {"x": "Qepoch", "y": {"aggregate": "mean", "field": "loss", "scale": {"nice": False, "zero": True}}}}),
    ("gaps", {"mark": "bar", "encoding": {"x": "Nk", "y": {"aggregate": "sum", "field": "v", "scale": {"nice": False}}}}),
    ("runs", {"mark": "bar", "encoding": {"x": "Nepoch", "y": {"aggregate": "sum", "field": "loss", "scale": {"nice": False}}, "color": "Nrun"}}),
    ("runs", {"mark": "bar", "encoding": {"y": "Ngroup", "x": {"aggregate": "sum", "field": "loss", "scale": {"nice": False}}, "color": "Nrun"}}),
    ("runs", {"mark": "bar", "encoding": {"x": "Nepoch", "y": {"aggregate": "sum", "field": "loss", "stack": "normalize", "scale": {"nice": False}}, "color": "Nrun"}}),
    ("runs", {"mark": "area", "encoding": {"x": "Qepoch", "y": {"field": "loss", "type": "quantitative", "scale": {"nice": False}}, "color": "Nrun"}}),
    ("runs", {"mark": "area", "encoding": {"x": "Qepoch", "y": {"aggregate": "mean", "field": "loss", "stack": "center", "scale": {"nice": False}}, "color": "Ngroup"}}),
    ("spread", {"mark": "bar", "encoding": {"x": {"field": "v", "bin": True}, "y": {"aggregate": "count", "scale": {"nice": False}}}}),
    ("spread", {"mark": "bar", "encoding": {"x": {"field": "v", "bin": {"maxbins": 5}}, "y": {"aggregate": "count", "scale": {"nice": False}}, "color": "Ng"}}),
    ("runs", {"mark": "rect", "encoding": {"x": "Oepoch", "y": "Nrun", "color": {"field": "loss", "type": "quantitative"}}}),
    ("spread", {"mark": "rect", "encoding": {"x": {"field": "v", "bin": True}, "y": {"field": "w", "bin": {"maxbins": 4}}, "color": {"aggregate": "count"}}}),
    ("spread", {"mark": "tick", "encoding": {"x": "Qv0", "y": "Ng"}}),
    ("spread", {"mark": "rule", "encoding": {"y": {"aggregate": "mean", "field": "v", "scale": {"nice": False, "zero": False, "domain": [-5, 8]}}}}),
    ("gaps", {"mark": "text", "encoding": {"x": "Qt0", "y": "Nk", "text": {"field": "v", "type": "quantitative", "format": ".1f"}}}),
    ("runs", {"layer": [{"mark": "line", "encoding": {"y": "Qloss", "color": "Nrun"}},
                        {"mark": "rule", "encoding": {"y": {"datum": 1.5}}}], "encoding": {"x": "Qepoch"}}),
    ("runs", {"mark": "point", "encoding": {"x": {"field": "epoch", "type": "quantitative", "scale": {"type": "log", "nice": False}},
                                             "y": {"field": "loss", "type": "quantitative", "scale": {"type": "log", "nice": False}}}}),
    ("gaps", {"mark": "point", "encoding": {"x": {"field": "t", "type": "quantitative", "scale": {"type": "sqrt", "nice": False, "zero": False}},
                                             "y": {"field": "v", "type": "quantitative", "scale": {"type": "symlog", "nice": False}}}}),
    ("gaps", {"mark": "point", "encoding": {"x": {"field": "t", "type": "quantitative", "scale": {"type": "pow", "exponent": 2, "nice": False, "zero": False, "reverse": True}},
                                             "y": {"field": "v", "type": "quantitative", "scale": {"domain": [-10, 10]}}}}),
    ("days", {"mark": "point", "encoding": {"x": {"field": "day", "type": "temporal", "scale": {"type": "utc", "nice": False}}, "y": "Qn"}}),
    ("days", {"mark": "bar", "encoding": {"x": {"field": "day", "timeUnit": "utcyearquarter", "type": "ordinal"}, "y": {"aggregate": "sum", "field": "n", "scale": {"nice": False}}}}),
    ("gaps", {"mark": "bar", "encoding": {"y": {"field": "k", "type": "nominal", "sort": "-x"}, "x": {"aggregate": "max", "field": "v", "scale": {"nice": False}}}}),
    ("gaps", {"mark": "bar", "encoding": {"y": {"field": "k", "type": "nominal", "sort": {"field": "t", "op": "max", "order": "descending"}}, "x": {"aggregate": "count", "scale": {"nice": False}}}}),
    ("gaps", {"mark": "bar", "encoding": {"x": {"field": "k", "type": "nominal", "sort": ["z", "x"]}, "y": {"aggregate": "count", "scale": {"nice": False}}}}),
    ("gaps", {"mark": "bar", "encoding": {"x": {"field": "k", "type": "nominal", "sort": "descending"}, "y": {"aggregate": "valid", "field": "v", "scale": {"nice": False}}}}),
    ("runs", {"mark": "arc", "encoding": {"theta": {"aggregate": "sum", "field": "loss"}, "color": "Nrun"}}),
    ("runs", {"mark": "line", "encoding": {"x": {"aggregate": "max", "field": "epoch", "scale": {"zero": False, "nice": False}},
                                            "y": {"aggregate": {"argmax": "epoch"}, "field": "loss", "type": "quantitative", "scale": {"zero": False, "nice": False}}, "detail": {"field": "run"}}}),
    ("spread", {"mark": {"type": "boxplot"}, "encoding": {"x": "Ng", "y": {"field": "v", "type": "quantitative", "scale": {"nice": False, "zero": False}}}}),
    ("spread", {"mark": {"type": "errorbar", "extent": "stdev"}, "encoding": {"x": "Ng", "y": {"field": "v", "type": "quantitative", "scale": {"nice": False, "zero": False}}}}),
    ("runs", {"mark": {"type": "errorband", "extent": "stderr"}, "encoding": {"x": "Qepoch", "y": {"field": "loss", "type": "quantitative", "scale": {"nice": False, "zero": False}}}}),
    ("gaps", {"transform": [{"filter": "isValid(datum.v)"}], "mark": "bar", "encoding": {"x": "Qt0", "x2": {"field": "v"}, "y": "Nk"}}),
    ("runs", {"mark": "point", "encoding": {"y": "Ngroup", "x": "Qloss", "yOffset": "Nrun"}}),
    ("runs", {"mark": "point", "encoding": {"x": "Ngroup", "y": "Qloss", "xOffset": "Nrun"}}),
    ("runs", {"mark": "bar", "encoding": {"y": "Ngroup", "x": {"aggregate": "max", "field": "loss", "scale": {"nice": False}}, "yOffset": "Nrun", "color": "Nrun"}}),
    ("runs", {"mark": "bar", "encoding": {"x": "Ngroup", "y": {"aggregate": "max", "field": "loss", "scale": {"nice": False}}, "xOffset": "Nrun"}}),
    ("runs", {"transform": [{"filter": "datum.epoch > 4"}], "mark": {"type": "point"}, "encoding": {"x": "Qepoch", "y": "Qloss"}}),
    ("gaps", {"mark": {"type": "image", "width": 30, "height": 10, "url": "data:image/png;base64,iVBORw0KGgo="}, "encoding": {"x": "Qt0", "y": "Nk"}}),
    ("runs", {"mark": {"type": "line", "interpolate": "linear", "order": True}, "encoding": {"x": "Qloss", "y": "Qepoch", "order": {"field": "epoch"}, "color": "Nrun"}}),
]

MEAN = {"mark": "rule", "encoding": {"y": {"aggregate": "mean", "field": "v", "type": "quantitative", "scale": {"nice": False, "zero": False, "domain": [-5, 8]}}}}
COUNT = {"mark": "bar", "encoding": {"x": "Ng", "y": {"aggregate": "count", "scale": {"nice": False}}}}


def selecting(select, value, mark="point", encoding={"x": "Qw", "y": "Qv"}, shown=MEAN, name="brush"):
    """A chart with a selection that holds something, beside one of the rows in it."""
    return {"hconcat": [
        {"params": [{"name": name, "select": select, "value": value}], "mark": mark, "encoding": encoding},
        {"transform": [{"filter": {"param": name}}], **shown}]}


# What is selected before anybody points, for what is selected by pointing.
SELECTIONS = [
    ("spread", selecting({"type": "interval", "encodings": ["x"]}, {"x": [2.5, 18]})),
    ("spread", selecting({"type": "interval", "encodings": ["x"]}, {"x": [18, 3]}, shown=COUNT)),
    ("spread", selecting("interval", {"x": [4, 30], "y": [-1, 3.25]}, shown=COUNT)),
    ("spread", selecting({"type": "interval", "encodings": ["y"]}, {"y": [0, 1]}, shown=COUNT)),
    ("spread", selecting({"type": "interval", "encodings": ["x"]}, {"x": ["q"]}, encoding={"x": "Ng", "y": "Qv"}, name="names")),
    ("spread", selecting({"type": "interval", "encodings": ["x"]}, {"x": [0, 20]}, mark="bar", shown=COUNT, encoding={
        "x": {"field": "w", "bin": True}, "y": {"aggregate": "count", "scale": {"nice": False}}})),
    ("spread", selecting({"type": "point", "fields": ["g"]}, [{"g": "p"}])),
    ("spread", selecting({"type": "point", "encodings": ["color"]}, [{"g": "q"}], encoding={"x": "Qw", "y": "Qv", "color": "Ng"})),
    ("spread", selecting({"type": "point", "fields": ["g", "w"]}, [{"g": "p", "w": 2}, {"g": "q", "w": 3}, {"g": "q", "w": 4}])),
    ("spread", selecting({"type": "point", "fields": ["w"]}, 5)),
    ("days", selecting({"type": "interval", "encodings": ["x"]}, {"x": [{"year": 2026, "month": 1, "date": 20}, {"year": 2026, "month": 6}]},
                       encoding={"x": {"field": "day", "type": "temporal", "scale": {"type": "utc", "nice": False}}, "y": "Qn"},
                       shown={"mark": "rule", "encoding": {"y": {"aggregate": "max", "field": "n", "type": "quantitative", "scale": {"domain": [0, 400]}}}})),
    ("spread", {"layer": [
        {"params": [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}, "value": {"x": [5, 21]}}],
         "mark": "bar", "encoding": {"x": {"field": "w", "bin": {"maxbins": 20}}, "y": {"aggregate": "count", "scale": {"nice": False}}}},
        {"transform": [{"filter": {"param": "brush"}}], "mark": "bar",
         "encoding": {"x": {"field": "w", "bin": {"maxbins": 20}}, "y": {"aggregate": "count", "scale": {"nice": False}}}}]}),
]


def box(west, south, east, north, **properties):
    """A feature whose outline goes as d3 wants it: clockwise, seen from above."""
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return {"type": "Feature", "id": properties.get("n"), "properties": properties,
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


LANDS = [box(-10, 36, 0, 44, n=1), box(20, -34, 32, -22, n=2), box(130, -38, 150, -12, n=3), box(-80, -20, -60, 5, n=4),
         box(60, 50, 120, 72, n=5),
         {"type": "Feature", "id": 6, "properties": {"n": 6}, "geometry": {"type": "MultiPolygon", "coordinates": [
             box(5, 58, 12, 62)["geometry"]["coordinates"], box(14, 60, 25, 69)["geometry"]["coordinates"]]}},
         {"type": "Feature", "id": 7, "properties": {"n": 7}, "geometry": {
             "type": "LineString", "coordinates": [[-0.1, 51.5], [37.6, 55.7], [139.7, 35.7]]}}]
# Fiji lies on both sides of the meridian opposite Greenwich.
ACROSS = LANDS + [{"type": "Feature", "id": 8, "properties": {"n": 8}, "geometry": {"type": "Polygon", "coordinates": [
    [[170, -22], [170, -10], [180, -9], [-172, -10], [-172, -22], [170, -22]]]}}]
STATES = [box(-109, 37, -102, 41, n=1), box(-160, 60, -150, 66, n=2), box(-156, 19, -155, 20, n=3), box(-85, 25, -80, 31, n=4),
          box(-124, 42, -117, 46, n=5)]
PLANE = [{"type": "Feature", "properties": {"n": i}, "geometry": {"type": "Polygon", "coordinates": [
    [[i * 10, 0], [i * 10, 8], [i * 10 + 6, 8 + i], [i * 10 + 6, 0], [i * 10, 0]]]}} for i in range(3)]
CITIES = [{"city": "London", "lon": -0.1, "lat": 51.5}, {"city": "Cairo", "lon": 31.2, "lat": 30.1},
          {"city": "Lima", "lon": -77, "lat": -12}, {"city": "Perth", "lon": 115.9, "lat": -32}]
TOWNS = [{"city": "Denver", "lon": -105, "lat": 39.7}, {"city": "Anchorage", "lon": -150, "lat": 61.2}, {"city": "Hilo", "lon": -155.1, "lat": 19.7}]


def on_map(lands, projection, cities=()):
    layers = [{"data": {"values": {"type": "FeatureCollection", "features": lands}, "format": {"property": "features"}}, "mark": "geoshape"}]
    if cities:
        places = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
        layers.append({"data": {"values": list(cities)}, "mark": "circle", "encoding": places})
    return {"projection": projection, "layer": layers}


# Two squares with a border in common, as their arcs; the second arc is used both ways.
TOPOLOGY = {"type": "Topology", "transform": {"scale": [0.5, 0.5], "translate": [10, 40]},
            "arcs": [[[4, 0], [0, 4]], [[4, 4], [-4, 0], [0, -4], [4, 0]], [[4, 0], [4, 0], [0, 4], [-4, 0]]],
            "objects": {"squares": {"type": "GeometryCollection", "geometries": [
                {"type": "Polygon", "id": "a", "properties": {"rate": 1}, "arcs": [[-2, -1]]},
                {"type": "Polygon", "id": "b", "properties": {"rate": 2}, "arcs": [[0, -3]]}]}}}

MAPS = [
    *[on_map(LANDS, {"type": kind}, CITIES) for kind in ["equalEarth", "equirectangular", "mercator", "naturalEarth1", "conicEqualArea"]],
    *[on_map(ACROSS, {"type": kind}, CITIES) for kind in ["equalEarth", "equirectangular", "mercator"]],
    on_map(ACROSS, {"type": "equirectangular", "rotate": [-170, 0, 0]}, CITIES),
    on_map(LANDS[:3], {"type": "naturalEarth1", "rotate": [-20, 10, 5]}, CITIES[:2]),
    on_map(LANDS, {"type": "azimuthalEqualArea", "rotate": [-20, -40]}, CITIES[:2]),
    on_map(LANDS, {"type": "orthographic", "rotate": [-30, -20, 0]}, CITIES[:2]),
    on_map(LANDS, {"type": "stereographic", "rotate": [-30, -20, 0]}, CITIES[:2]),
    on_map(LANDS[:1], {"type": "gnomonic", "rotate": [-10, -40, 0]}, CITIES[:1]),
    on_map(LANDS[:1], {"type": "conicEqualArea", "parallels": [40, 60], "rotate": [-10, 0], "center": [0, 50]}, CITIES[:1]),
    on_map(LANDS, {"type": "mercator", "scale": 120, "translate": [480, 520], "center": [10, 20]}, CITIES),
    on_map(LANDS[:1], {"type": "conicConformal", "parallels": [40, 50], "rotate": [-10, 0]}, CITIES[:1]),
    on_map(LANDS[:2], {"type": "conicConformal"}, CITIES[:1]),
    on_map(LANDS[:1], {"type": "conicEquidistant", "parallels": [40, 50]}, CITIES[:1]),
    on_map(LANDS[:2], {"type": "conicEquidistant", "scale": 100}, CITIES[:1]),
    on_map(LANDS[:2], {"type": "conicEqualArea", "scale": 100}, CITIES[:1]),
    on_map(LANDS[:2], {"type": "transverseMercator", "rotate": [-10, 0]}, CITIES[:1]),
    on_map(LANDS[:2], {"type": "transverseMercator", "scale": 100, "center": [10, 20]}, CITIES[:1]),
    on_map(LANDS[:4], {"type": "azimuthalEquidistant", "rotate": [-20, -30]}, CITIES[:2]),
    on_map(STATES, {"type": "albersUsa"}, TOWNS), on_map(STATES[:1], {"type": "albers"}, TOWNS[:1]),
    on_map(PLANE, {"type": "identity"}), on_map(PLANE, {"type": "identity", "reflectY": True}),
    {"projection": {"type": "naturalEarth1"}, "layer": [
        {"data": {"sphere": True}, "mark": "geoshape"},
        {"data": {"values": CITIES}, "mark": "circle", "encoding": {"longitude": {"field": "lon"}, "latitude": {"field": "lat"}}}]},
    {"projection": {"type": "equalEarth"}, "layer": [
        {"data": {"graticule": True}, "mark": {"type": "geoshape", "filled": False}},
        {"data": {"values": CITIES}, "mark": "circle", "encoding": {"longitude": {"field": "lon"}, "latitude": {"field": "lat"}}}]},
    {"projection": {"type": "orthographic", "rotate": [-10, -30]}, "layer": [
        {"data": {"sphere": True}, "mark": "geoshape"},
        {"data": {"values": CITIES[:2]}, "mark": "circle", "encoding": {"longitude": {"field": "lon"}, "latitude": {"field": "lat"}}}]},
    {"data": {"values": TOPOLOGY, "format": {"type": "topojson", "feature": "squares"}}, "projection": {"type": "mercator"},
     "mark": "geoshape", "encoding": {"color": {"field": "properties.rate", "type": "quantitative"}}},
    {"data": {"values": TOPOLOGY, "format": {"type": "topojson", "mesh": "squares"}}, "projection": {"type": "mercator"},
     "mark": {"type": "geoshape", "filled": False}},
    {"data": {"values": [{"id": "b", "rate": 5}, {"id": "a", "rate": 7}, {"id": "c", "rate": 1}]}, "projection": {"type": "mercator"},
     "transform": [{"lookup": "id", "from": {"data": {"values": TOPOLOGY, "format": {"type": "topojson", "feature": "squares"}}, "key": "id"}, "as": "geo"}],
     "mark": "geoshape", "encoding": {"shape": {"field": "geo", "type": "geojson"}, "color": {"field": "rate", "type": "quantitative"}}},
    {"data": {"values": TOPOLOGY, "format": {"type": "topojson", "feature": "squares"}}, "projection": {"type": "mercator"},
     "transform": [{"lookup": "id", "from": {"data": {"values": [{"key": "a", "rate": 5}]}, "key": "key", "fields": ["rate"]}, "default": 0},
                   {"filter": "datum.rate > 1"}], "mark": "geoshape"},
]


def full(encoding):
    """Writes out Qfield (quantitative to its data), Nfield and Ofield."""
    result = {}
    for channel, definition in encoding.items():
        if isinstance(definition, str):
            kind, name = definition[0], definition[1:]
            if kind == "Q":
                definition = {"field": name.rstrip("0"), "type": "quantitative",
                              "scale": {"nice": False, "zero": name.endswith("0")}}
            else:
                definition = {"field": name, "type": "nominal" if kind == "N" else "ordinal"}
        result[channel] = definition
    return result


def expanded(spec):
    spec = dict(spec)
    if "encoding" in spec:
        spec["encoding"] = full(spec["encoding"])
    for views in ["layer", "hconcat"]:
        if views in spec:
            spec[views] = [expanded(one) for one in spec[views]]
    return spec


def marks(node, found):
    """The items of marks, in drawing order, without those of axes and legends."""
    for child in node.get("items", []):
        if child.get("marktype") and child.get("role") == "mark" and child["marktype"] != "group":
            # A selection of one stretch is drawn twice, below and above; one of names without the width of their bands.
            if str(child.get("name", "")).endswith(("_brush_bg", "names_brush")):
                continue
            found.append(child)
        elif not str(child.get("role", "")).startswith(("axis", "legend", "title")):
            marks(child, found)
    return found


def shown(mark):
    kind = mark["marktype"]
    items = []
    for item in mark["items"]:
        keys = {"symbol": ["x", "y"], "rect": ["x", "y", "width", "height"], "rule": ["x", "y", "x2", "y2"],
                "line": ["x", "y"], "area": ["x", "y", "x2", "y2"], "text": ["x", "y"], "image": ["x", "y"],
                "arc": ["startAngle", "endAngle"]}[kind]
        one = {key: item.get(key) for key in keys if item.get(key) is not None}
        if kind == "rule":
            one.setdefault("x2", one["x"] if "x" in one else 0)
            one.setdefault("y2", one["y"] if "y" in one else 0)
        if kind in ("line", "area"):
            one["defined"] = item.get("defined", True)
        if kind == "text":
            one["text"] = item.get("text")
        items.append(one)
    return {"type": kind, "items": items}


def extent(item):
    """The box around a path: left, top, right, bottom."""
    numbers = [float(one) for one in re.findall(r"-?[\d.]+(?:e-?\d+)?", item.get("shape") or "")]
    return [min(numbers[0::2]), min(numbers[1::2]), max(numbers[0::2]), max(numbers[1::2])] if numbers else None


def mapped(spec):
    graph = vl_convert.vegalite_to_scenegraph({**spec, "width": 1000, "height": 1000})["scenegraph"]
    shapes, points = [], []
    for mark in marks(graph, []):
        if mark["marktype"] == "shape":
            shapes += [extent(item) for item in mark["items"] if item.get("shape")]
        else:
            points += [[item["x"], item["y"]] for item in mark["items"]]
    return {"spec": spec, "shapes": shapes, "points": points}


def rows(table, transform, fields):
    words = " + '|' + ".join(f"(isValid(datum['{name}']) ? toString(datum['{name}']) : 'null')" for name in fields)
    spec = {"data": {"values": TABLES[table]}, "params": [{"name": "epochs", "value": 8}],
            "transform": transform + [{"calculate": "'' + " + words, "as": "said"}],
            "mark": "text", "encoding": {"text": {"field": "said", "type": "nominal"}}}
    found = marks(vl_convert.vegalite_to_scenegraph(spec)["scenegraph"], [])
    return [item.get("text", "") for item in found[0]["items"]]


def main():
    out = {"tables": TABLES, "row": ROW, "transforms": [], "expressions": [], "marks": [], "selections": []}
    for table, transform, fields in TRANSFORMS:
        out["transforms"].append(
            {"table": table, "transform": transform, "fields": fields, "rows": rows(table, transform, fields)})
    for expression in EXPRESSIONS:
        spec = {"data": {"values": [ROW]},
                "transform": [{"calculate": f"'' + ({expression})", "as": "said"}], "mark": "text",
                "encoding": {"text": {"field": "said", "type": "nominal"}}}
        found = marks(vl_convert.vegalite_to_scenegraph(spec)["scenegraph"], [])
        out["expressions"].append({"expression": expression, "value": found[0]["items"][0].get("text", "")})
    size = {"width": 1000, "height": 1000}
    for kind, cases in [("marks", MARKS), ("selections", SELECTIONS)]:
        for table, spec in cases:
            spec = expanded(spec)
            whole = {**spec, "data": {"values": TABLES[table]}}
            if "hconcat" in spec:
                whole["hconcat"] = [{**one, **size} for one in spec["hconcat"]]
            else:
                whole.update(size)
            graph = vl_convert.vegalite_to_scenegraph(whole)["scenegraph"]
            out[kind].append({"table": table, "spec": spec, "marks": [shown(one) for one in marks(graph, [])]})
    out["maps"] = [mapped(spec) for spec in MAPS]
    lines = [json.dumps({"tables": out["tables"], "row": out["row"]}, ensure_ascii=False)]
    for kind in ["transforms", "expressions", "marks", "selections", "maps"]:
        lines += [json.dumps({kind[:-1]: one}, ensure_ascii=False) for one in out[kind]]
    (HERE / "vega.jsonl").write_text("\n".join(lines) + "\n")


main()
