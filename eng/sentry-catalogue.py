#!/usr/bin/env python3
"""Writes src/Relocation.Testing.Sentry/Catalogue/*.json from the description of Sentry's models beside the repository.

    eng/sentry-catalogue.py [DIRECTORY WITH sentry-models.json]        default: ../shared/spec

head.json is the whole catalogue: one line a field, only facts that the library uses. Every other version is a JSON merge
patch (RFC 7396) on it: a member with null is absent in that version; "derived" says what of it no source states, "partial"
that not everything of that version was read. Patches of versions after head come as they are from catalogue-form/. Nothing but
names, types and numbers is taken over.
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
# Where a model has several scopes, the record decides (docs/sentry-import.md, sections 6.1 and 6.2).
SCOPE_RULES = {
    "sentry.apiauthorization": {"whenAnySet": ["application"], "then": "Global", "otherwise": "Config"},
    "sentry.apitoken": {"whenAnySet": ["application"], "then": "Global", "otherwise": "Config"},
    "sentry.notificationaction": {
        "whenAnySet": ["integration_id", "sentry_app_id"], "then": "Global", "otherwise": "Organization"},
    "sentry.notificationactionproject": {"follow": "action", "then": "Global", "otherwise": "Organization"},
}
# Models that stand by themselves (docs/sentry-import.md, sections 2.3 and 2.4).
ROOTS = {f"sentry.{name}" for name in (
    "user", "organization", "controloption", "option", "relay", "relayusage", "userrole", "apiapplication", "integration", "sentryapp",
    "alertrule", "savedsearch", "servicehook", "snubaqueryeventtype", "rulesnooze")}
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
    if label in ROOTS:
        result["root"] = True
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


def restored(label, name, fact, target):
    """A field that head has no more. Its column, type and constraint follow from what kind of field it was."""
    kind = fact["type"]
    if kind in ("FlexibleForeignKey", "HybridCloudForeignKey"):
        line = {} if kind == "HybridCloudForeignKey" else {"column": f"{name}_id"}
        line |= {"type": "bigint", "dump": "number"}
        reference = {"to": target, "kind": kind, "onDelete": "SET_NULL" if name == "owner" else "CASCADE"}
        # Team and actor refer to each other, and a release's own list of keys has one of the two only.
        if kind == "HybridCloudForeignKey" or {label, target} == {"sentry.actor", "sentry.team"}:
            reference["constraint"] = False
    elif kind == "PositiveSmallIntegerField":
        line, reference = {"type": "smallint", "dump": "number", "min": 0}, None
    else:
        line, reference = {"type": f"varchar({fact['max_length']})", "dump": "string"}, None
    if fact["null"]:
        line["null"] = True
    if reference:
        line["reference"] = reference
    return line


TARGETS = {"actor": "sentry.actor", "owner": "sentry.actor", "team": "sentry.team", "user_id": "sentry.user"}


def changes(then, now, line):
    """What to change of a field's line at head."""
    changed = {}
    if then["null"] != now["null"]:
        changed["null"] = then["null"] or None
    if then.get("max_length") != now.get("max_length"):
        if then.get("max_length") and line["type"].startswith("varchar("):
            changed["type"] = f"varchar({then['max_length']})"
        elif {then["type"], now["type"]} - {"CharField", "SlugField", "SentrySlugField", "SentryOrgSlugField"}:
            raise SystemExit(f"a length that this script cannot express yet: {then}, {now}")
    if then.get("flags") != now.get("flags"):
        changed["flags"] = then["flags"]
    if (then["default_kind"], then.get("default")) != (now["default_kind"], now.get("default")):
        raise SystemExit(f"a default that this script cannot express yet: {then}, {now}")
    return changed


def same(first, second):
    return sorted(map(sorted, first)) == sorted(map(sorted, second))


def older(facts, head, full):
    """The merge patch that turns the catalogue of head into that of a release, and what of it does not stand in the release's source."""
    patch = {label: None for label in full if label not in facts}
    derived = []
    for label, then in facts.items():
        now = head.get(label)
        if now is None:
            patch[label] = {
                "table": label.replace(".", "_"), "key": "bigint", "scopes": then["relocation_scopes"], "silos": ["Region"],
                "fields": {name: restored(label, name, fact, TARGETS.get(name)) for name, fact in then["fields"].items()},
                "uniques": [{"fields": names} for names in then["uniques"]]}
            derived.append(f"{label}: table, columns and constraints")
            continue
        model, changed, fields = full[label], {}, {}
        if then["relocation_scopes"] != now["relocation_scopes"]:
            changed["scopes"] = then["relocation_scopes"]
        for name in now["fields"]:
            if name not in then["fields"]:
                fields[name] = None
        for name, fact in then["fields"].items():
            if name not in now["fields"]:
                fields[name] = restored(label, name, fact, TARGETS.get(name))
                derived.append(f"{label}.{name}: column and constraint")
            elif difference := changes(fact, now["fields"][name], model["fields"][name]):
                fields[name] = difference
        if fields:
            changed["fields"] = fields
        if not same(then["uniques"], now["uniques"]):
            sets = [sorted(bare(model, names)) for names in then["uniques"]]
            kept = [line for line in model.get("uniques", []) if sorted(line["fields"]) in sets]
            known = [sorted(line["fields"]) for line in kept]
            changed["uniques"] = kept + [{"fields": names} for names in sets if names not in known]
        gone = {model["fields"][name].get("column", name) for name, value in fields.items() if value is None}
        if checks := {name: None for name, condition in model.get("checks", {}).items() if gone & set(re.findall(r"\w+", condition))}:
            changed["checks"] = checks
        if changed:
            patch[label] = changed
    return dict(sorted(patch.items())), derived


def bare(model, names):
    """The names of fields, where a unique set may spell columns."""
    by_column = {field.get("column", name): name for name, field in model["fields"].items()}
    return [name if name in model["fields"] else by_column.get(name, name) for name in names]


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


def listed(facts, label):
    return len(facts[label]["uniques"])


def releases(versions):
    """Name, date, facts and remarks of every release but head, newest first."""
    for name in sorted((name for name in versions if not name.startswith("head")), key=lambda name: [*map(int, name.split("."))], reverse=True):
        facts, remarks = versions[name]["models"], []
        if name == "23.9.1":
            later = versions["23.10.0"]["models"]
            facts = {label: model | {"uniques": later[label]["uniques"]} for label, model in facts.items()}
            remarks.append("unique sets: those of 23.10.0")
        if listed(facts, "sentry.savedsearch") < listed(versions["24.1.2"]["models"], "sentry.savedsearch"):
            remarks.append("sentry.rulesnooze, sentry.savedsearch: no conditional unique sets, which the release's own list leaves out")
        yield name, versions[name]["date"], facts, remarks
        if name == "24.4.2":
            # Between two described releases: the export of 24.2.0 shows which of the later one's fields it has already.
            before, after = versions["24.1.2"]["models"], versions["24.4.2"]["models"]
            token, later = before["sentry.apitoken"], after["sentry.apitoken"]
            hashed = {field: later["fields"][field] for field in ("hashed_token", "hashed_refresh_token")}
            changed = token | {
                "fields": token["fields"] | hashed, "uniques": [[field] for field in sorted(hashed)] + token["uniques"]}
            yield "24.2.0", "2024-02-16", before | {"sentry.apitoken": changed}, [
                "the release: 24.1.2 with sentry.apitoken.hashed_token and hashed_refresh_token"]


# Keys that no reference says, whose targets imports have to know first (docs/sentry-import.md, section 2.2).
AFTER = {
    "monitors.monitor": ["sentry.rule", "sentry.team"], "sentry.organizationmemberinvite": ["sentry.team"],
    "workflow_engine.detector": ["sentry.team"], "workflow_engine.workflow": ["sentry.team"]}
NEWER = {"26.2": "26.2.0.json", "26.6": "26.6.0.partial.json"}
# What versions after head say of themselves refers to notes beside the repository; the library's own pages say it in words.
REMARKS = {"26.6": ["fields of models that were added after January 2026 and could not be read, lengths of sentry.repository's name and url"]}


def newer(head):
    """Versions after head, which are described as patches already. What older backups write as JSON in text is marked."""
    renamed = {"monitors.monitor": "sentry.monitor"}
    for name, file in NEWER.items():
        given = json.loads((SOURCE / "catalogue-form" / file).read_text(encoding="utf-8"))
        content = {"release": given["release"], "date": given["date"], "derived": REMARKS.get(name, given["derived"])}
        if ".partial." in file:
            content["partial"] = True
        for label, targets in AFTER.items():
            given["models"][label]["after"] = sorted({*given["models"][label].get("after", []), *targets})
        for label, model in given["models"].items():
            before = head.get(renamed.get(label, label), {"fields": {}})["fields"]
            for field, line in ((model or {}).get("fields") or {}).items():
                former = before.get(field, {}).get("dump")
                if line and line.get("dump") == "json-native" and former in ("json-string", "scalar-or-json-string"):
                    line["former"] = former
        yield name, content | {"models": dict(sorted(given["models"].items()))}


def main():
    models = json.loads((SOURCE / "sentry-models.json").read_text(encoding="utf-8"))
    versions = json.loads((SOURCE / "version-fields.json").read_text(encoding="utf-8"))
    full = {label: describe(label, models[label]) for label in sorted(models)}
    (head,) = (name for name in versions if name.startswith("head"))
    contents = {"head": {"release": "24.9.0.dev0", "date": "2024-08-29", "models": full}}
    for name, date, facts, remarks in releases(versions):
        patch, derived = older(facts, versions[head]["models"], full)
        contents[name] = {"release": name, "date": date, "derived": remarks + derived, "models": patch}
        if not contents[name]["derived"]:
            del contents[name]["derived"]
    contents |= newer(full)
    for name, content in contents.items():
        written = text(content) + "\n"
        if json.loads(written) != content:
            raise SystemExit(f"{name}: the text does not say what it should")
        (TARGET / f"{name}.json").write_text(written, encoding="utf-8")
        print(f"{name}.json: {len(content['models'])} models, {written.count(chr(10))} lines")


main()
