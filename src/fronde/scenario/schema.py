"""The JSON Schema of case.yaml, generated from the models and the parameters, with units in `x-unit`."""

import json
from pathlib import Path
from typing import Any

from fronde.mechanisms.registry import PARAMS
from fronde.scenario.model import CaseSpec

PUBLISHED = Path(__file__).resolve().parent.parent / "schema" / "case.schema.json"


def case_schema() -> dict[str, Any]:
    """The schema as a plain dictionary."""
    schema = CaseSpec.model_json_schema()
    schema["properties"]["params"] = {
        "type": "object",
        "description": "the case's own values of model parameters",
        "additionalProperties": False,
        "properties": {
            param.name: {
                "allOf": [{"$ref": "#/$defs/Override"}],
                "description": param.note,
                "x-unit": param.unit,
                "x-low": param.bounds[0],
                "x-high": param.bounds[1],
                "x-default": param.default,
                "x-source": param.source,
            }
            for param in PARAMS
        },
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """The schema as published, one line end at the end."""
    return json.dumps(case_schema(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def publish(path: Path = PUBLISHED) -> Path:
    """Write the schema to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(schema_text(), encoding="utf-8")
    return path


if __name__ == "__main__":
    publish()
