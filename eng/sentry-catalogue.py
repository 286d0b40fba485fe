#!/usr/bin/env python3
"""Writes src/Relocation.Testing.Sentry/Catalogue/*.json from the description of Sentry's models beside the repository.

    eng/sentry-catalogue.py [DIRECTORY WITH sentry-models.json]        default: ../shared/spec

head.json is the whole catalogue: one line a field, only facts that the library uses. Every other version is a JSON merge
patch (RFC 7396) on it: a member with null is absent in that version. Nothing but names, types and numbers is taken over.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "spec"
TARGET = ROOT / "src" / "Relocation.Testing.Sentry" / "Catalogue"

# What the application calls to fill a field, by the callable's name and, where that differs, the model.
CALLABLES = {
    "timezone.now": {"now": "00:00:00"},
    "generate_token": {"token": 64},
    "generate_secret": {"token": 64},
    "generate_code": {"token": 64},
    "generate_name": {"token": 16},
    "get_secure_token": {"token": 32},
    "default_uuid": {"token": 32},
    "dict": {"constant": {}},
    "list": {"constant": []},
}
# Where a model has several scopes, the record decides (import specification, sections 6.1 and 6.2).
SCOPE_RULES = {
    "sentry.apiauthorization": {"whenAnySet": ["application"], "then": "Global", "otherwise": "Config"},
    "sentry.apitoken": {"whenAnySet": ["application"], "then": "Global", "otherwise": "Config"},
    "sentry.notificationaction": {
        "whenAnySet": ["integration_id", "sentry_app_id"], "then": "Global", "otherwise": "Organization"},
    "sentry.notificationactionproject": {"follow": "action", "then": "Global", "otherwise": "Organization"},
}
EXPIRATION = {"sentry.apitoken": {"now": "30.00:00:00"}, "sentry.apigrant": {"now": "00:10:00"}}


def default(label, field):
    kind = field["default_kind"]
    if field.get("auto_add"):
        return {"guid": True}
    if kind == "callable":
        name = field["default_expr"]
        found = EXPIRATION[label] if name == "default_expiration" else CALLABLES[name]
    elif kind in ("literal", "implied") and field["default"] is not None:
        found = {"constant": field["default"]}
    else:
        return None
    if "constant" in found:
        found = {"constant": encoded(found["constant"], field["dump"])}
    return found


def encoded(value, dump):
    """The value as a backup writes it."""
    if dump == "decimal-string":
        return str(value)
    return json.dumps(value) if dump in ("python-list-repr-string", "json-list-string") else value


def reference(found):
    described = {"to": found["model"], "kind": found["kind"]}
    if found["on_delete"]:
        described["onDelete"] = found["on_delete"].upper()
    if not found["db_constraint"]:
        described["constraint"] = False
    return described


def fields(label, model):
    result = {}
    for name, field in model["fields"].items():
        if not field["in_dump"]:
            continue
        store, _, minimum = field["pg_type"].partition(" check >= ")
        line = {"column": field["column"]} if field["column"] != name else {}
        line["type"] = store
        line["dump"] = field["dump"]
        if minimum:
            line["min"] = int(minimum)
        if field["null"]:
            line["null"] = True
        if (value := default(label, field)) is not None:
            line["default"] = value
        if field.get("flags"):
            line["flags"] = field["flags"]
        if name in model["foreign_keys"]:
            line["reference"] = reference(model["foreign_keys"][name])
        result[name] = line
    return result


def uniques(model):
    conditional = [item for item in model["constraints"] if item["kind"] == "UniqueConstraint"]
    plain = [[name] for name, field in model["fields"].items() if field["unique"]] + model["unique_together"]
    by_column = {field["column"]: name for name, field in model["fields"].items()}
    sets = [{"fields": names} for names in plain]
    for item in conditional:
        line = {"fields": item["fields"], "name": item["name"]}
        if item["condition"]:
            line["where"] = item["condition"]
        if item["deferrable"]:
            line["deferrable"] = True
        sets.append(line)
    spelled = [tuple(sorted(line["fields"])) for line in sets]
    known = sorted(sorted(names) for names in model["uniques"])
    found = sorted(set(spelled))
    if [tuple(names) for names in known] != found:
        raise SystemExit(f"{model['model']}: uniques {known} are not those of its fields and constraints, {found}")
    for line in sets:
        line["fields"] = [name if name in model["fields"] else by_column[name] for name in line["fields"]]
    return sets


def describe(label, model):
    result = {"table": model["table"], "key": model["fields"]["id"]["pg_type"].removesuffix(" identity")}
    if model["pk"]["snowflake"]:
        result["snowflake"] = True
    result["scopes"] = model["relocation_scopes"]
    if len(model["relocation_scopes"]) > 1:
        result["scopeRule"] = SCOPE_RULES[label]
    result["silos"] = model["silos"]
    if model["relocation_ordinal_fields"]:
        result["ordinal"] = model["relocation_ordinal_fields"]
    if model["relocation_dependencies"]:
        result["after"] = model["relocation_dependencies"]
    result["fields"] = fields(label, model)
    if sets := uniques(model):
        result["uniques"] = sets
    checks = {item["name"]: item["condition"] for item in model["constraints"] if item["kind"] == "CheckConstraint"}
    if checks:
        result["checks"] = checks
    return result


def older(models, full):
    """The merge patch that turns the catalogue of head into that of 24.7.0."""
    patch = {}
    for label, model in models.items():
        was = model["at_24_7_0"]
        if not was["present"]:
            patch[label] = None
            continue
        if was["fields_since_removed"] or was["relocation_scope"] != model["relocation_scope"]:
            raise SystemExit(f"{label}: a difference to 24.7.0 that this script cannot express yet")
        changed = {name: None for name in was["fields_not_yet_present"]}
        for name, change in was["fields_changed"].items():
            if set(change) != {"flags"}:
                raise SystemExit(f"{label}.{name}: a difference to 24.7.0 that this script cannot express yet: {change}")
            changed[name] = {"flags": change["flags"]["24.7.0"]}
        if changed:
            patch[label] = {"fields": changed}
    return patch


def text(value, depth=0):
    """JSON with a line for each model fact, field, unique set and check."""
    pad = "  " * depth
    if depth < 4 and isinstance(value, dict) and any(isinstance(item, dict) or depth < 3 for item in value.values()):
        lines = ",\n".join(f"{pad}  {json.dumps(name)}: {text(item, depth + 1)}" for name, item in value.items())
        return f"{{\n{lines}\n{pad}}}"
    if depth == 3 and isinstance(value, list) and value and isinstance(value[0], dict):
        lines = ",\n".join(f"{pad}  {json.dumps(item, ensure_ascii=False)}" for item in value)
        return f"[\n{lines}\n{pad}]"
    return json.dumps(value, ensure_ascii=False)


def main():
    models = json.loads((SOURCE / "sentry-models.json").read_text(encoding="utf-8"))
    full = {label: describe(label, models[label]) for label in sorted(models)}
    head = {"release": "24.9.0.dev0", "date": "2024-08-29", "models": full}
    patch = {"release": "24.7.0", "date": "2024-07-15", "models": older(models, full)}
    for name, content in (("head", head), ("24.7.0", patch)):
        written = text(content) + "\n"
        if json.loads(written) != content:
            raise SystemExit(f"{name}: the text does not say what it should")
        (TARGET / f"{name}.json").write_text(written, encoding="utf-8")
        print(f"{name}.json: {len(content['models'])} models, {written.count(chr(10))} lines")


main()
