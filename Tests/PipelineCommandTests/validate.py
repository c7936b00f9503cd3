"""Validates JSON documents against the schemas of a folder, with Debian's python3-jsonschema.

    validate.py FOLDER < DOCUMENTS

A line of DOCUMENTS is {"schema": "status", "from": "…", "value": {…}}. What does not conform is printed
as "from: path: message", one a line. The schemas promise that readers survive members that a later
version adds; here a member that no schema names is a mistake all the same.
"""
import json
import pathlib
import sys

import jsonschema


def closed(schema):
    """The schema with every object limited to the members that it names."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(part) for key, part in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        if "oneOf" not in schema:
            result.setdefault("additionalProperties", False)
    return result


folder = pathlib.Path(sys.argv[1]).resolve()
schemas = {}
for path in folder.glob("*.schema.json"):
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    schemas[path.as_uri()] = closed(schema)
for line in sys.stdin:
    document = json.loads(line)
    address = (folder / f"{document['schema']}.schema.json").as_uri()
    if address not in schemas:
        print(f"{document['from']}: there is no schema {document['schema']}")
        continue
    resolver = jsonschema.RefResolver(address, schemas[address], store=schemas)
    validator = jsonschema.Draft202012Validator(schemas[address], resolver=resolver)
    for error in validator.iter_errors(document["value"]):
        # Of alternatives, the one that fits best says what is wrong.
        error = jsonschema.exceptions.best_match([error])
        print(f"{document['from']}: {error.json_path}: {error.message[:300]}")
