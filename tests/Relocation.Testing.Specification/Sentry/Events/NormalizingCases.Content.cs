using static Relocation.Testing.Specification.Sentry.Events.NormalizingCase;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>Rows about messages, exceptions, transactions, users and types.</summary>
public static partial class NormalizingCases
{
    private static IEnumerable<NormalizingCase> Messages =>
    [
        new("plain message becomes formatted", "E-18", """{"message": "m"}""", [("logentry.formatted", "\"m\""), ("message", Missing)]),
        new("logentry wins", "E-18", """{"message": "m", "logentry": {"formatted": "n"}}""", [("logentry.formatted", "\"n\""), ("message", Missing)]),
        new("message alone moves", "E-18", """{"logentry": {"message": "m"}}""", [("logentry.formatted", "\"m\""), ("logentry.message", Missing)]),
        new("equal texts are one", "E-18", """{"logentry": {"message": "m", "formatted": "m"}}""", [("logentry.formatted", "\"m\""), ("logentry.message", Missing)]),
        new("parameters by percent", "E-18", """{"logentry": {"message": "a %s %d %% %(x)s", "params": ["b", 2]}}""", [("logentry.formatted", "\"a %s %d %% %(x)s\"")]),
        new("parameters in order", "E-18", """{"logentry": {"message": "a %s %d%%", "params": ["b", 2]}}""", [("logentry.formatted", "\"a b 2%\""), ("logentry.message", "\"a %s %d%%\"")]),
        new("parameters by name", "E-18", """{"logentry": {"message": "%(who)s", "params": {"who": "b"}}}""", [("logentry.formatted", "\"b\"")]),
        new("parameters by braces", "E-18", """{"logentry": {"message": "{} {1} {0}", "params": ["a", "b"]}}""", [("logentry.formatted", "\"a b a\"")]),
        new("braces beside a percent stay", "E-18", """{"logentry": {"message": "%s {0}", "params": ["a"]}}""", [("logentry.formatted", "\"a {0}\"")]),
        new("parameters that do not fit", "E-18", """{"logentry": {"message": "%s %s", "params": ["a"]}}""", [("logentry.formatted", "\"%s %s\""), ("logentry.message", Missing)]),
        new("message that is a number", "E-18", """{"message": 1234}""", [("logentry.formatted", "\"1234\"")]),
        new("message that is an object in an entry", "E-18", """{"logentry": {"formatted": {"a": 1}}}""", [("logentry.formatted", """ "{\"a\":1}" """)]),
        new("empty message removes the entry", "message", """{"message": ""}""", [("logentry", Missing)]),
        new("entry without message", "E-18", """{"logentry": {"params": ["a"]}}""", [("logentry", Missing)], "invalid_data logentry"),
        new("message within the allowance", "E-14", $$"""{"message": "{{Long(8392)}}"}""", [("logentry.formatted", $"\"{Long(8392)}\"")]),
        new("message over the allowance", "E-14", $$"""{"message": "{{Long(8393)}}"}""", [("logentry.formatted", $"\"{Cut(8192)}\"")]),
        new("fingerprint entries are texts", "E-20", """{"fingerprint": ["a", true, false, 1.9, 3, ""]}""", [("fingerprint", """["a", "True", "False", "1", "3", ""]""")]),
        new("fingerprint entries that cannot be", "E-20", """{"fingerprint": [1e300, null, ["x"], "a"]}""", [("fingerprint", """["a"]""")], "invalid_data fingerprint.0", "invalid_data fingerprint.2"),
        new("fingerprint that is no list", "E-20", """{"fingerprint": "a"}""", [("level", "\"error\"")], "invalid_data fingerprint"),
    ];

    private static IEnumerable<NormalizingCase> Exceptions =>
    [
        new("type in the value", "E-19", """{"exception": {"values": [{"value": "ValueError: bad"}]}}""", [("exception.values.0.type", "\"ValueError\""), ("exception.values.0.value", "\"bad\"")]),
        new("type in the value beside an empty type", "E-19", """{"exception": [{"type": "", "value": "A:b"}]}""", [("exception.values.0.type", "\"A\""), ("exception.values.0.value", "\"b\"")]),
        new("words before a colon are no type", "E-19", """{"exception": [{"value": "two words: bad"}]}""", [("exception.values.0.type", Missing), ("exception.values.0.value", "\"two words: bad\"")]),
        new("neither type nor value", "E-19", """{"exception": [{"module": "m"}, {"type": "E"}]}""", [("exception.values.0", Missing), ("exception.values.1.type", "\"E\"")], "missing_attribute exception.values.0"),
        new("single exception", "E-19", """{"exception": {"type": "E"}}""", [("exception.values.0.type", "\"E\"")]),
        new("stack trace moves into the only exception", "E-19", """{"exception": [{"type": "E"}], "stacktrace": {"frames": [{"function": "f"}]}}""", [("stacktrace", Missing), ("exception.values.0.stacktrace.frames.0.function", "\"f\"")]),
        new("stack trace stays beside two exceptions", "E-19", """{"exception": [{"type": "E"}, {"type": "F"}], "stacktrace": {"frames": [{"function": "f"}]}}""", [("stacktrace.frames.0.function", "\"f\""), ("exception.values.0.stacktrace", Missing)]),
        new("exception value within the allowance", "E-14", $$"""{"exception": [{"type": "E", "value": "{{Long(1124)}}"}]}""", [("exception.values.0.value", $"\"{Long(1124)}\"")]),
        new("exception value over the allowance", "E-14", $$"""{"exception": [{"type": "E", "value": "{{Long(1125)}}"}]}""", [("exception.values.0.value", $"\"{Cut(1024)}\"")]),
        new("path within the allowance", "E-14", $$$"""{"stacktrace": {"frames": [{"abs_path": "{{{Long(296)}}}", "filename": "{{{Long(297)}}}"}]}}""", [("stacktrace.frames.0.abs_path", $"\"{Long(296)}\""), ("stacktrace.frames.0.filename", $"\"{Cut(256)}\"")]),
        new("symbol within the allowance", "E-14", $$$"""{"stacktrace": {"frames": [{"function": "{{{Long(276)}}}", "module": "{{{Long(277)}}}"}]}}""", [("stacktrace.frames.0.function", $"\"{Long(276)}\""), ("stacktrace.frames.0.module", $"\"{Cut(256)}\"")]),
        new("exception makes an error", "E-4", """{"type": "default", "exception": [{"type": "E"}]}""", [("type", "\"error\"")]),
        new("error without exception is default", "E-4", """{"type": "error", "message": "m"}""", [("type", "\"default\"")]),
        new("empty exceptions make no error", "E-4", """{"type": "error", "exception": {"values": []}}""", [("type", "\"default\"")]),
        new("csp by its report", "E-4", """{"csp": {"effective_directive": "img-src"}, "message": "m"}""", [("type", "\"csp\""), ("logger", "\"csp\"")]),
        new("hpkp by its report", "E-4", """{"hpkp": {"hostname": "h"}}""", [("type", "\"hpkp\"")]),
        new("expectct by its report", "E-4", """{"expectct": {"hostname": "h"}}""", [("type", "\"expectct\"")]),
        new("expectstaple by its report", "E-4", """{"expectstaple": {"hostname": "h"}}""", [("type", "\"expectstaple\"")]),
        new("nel by its context", "E-4", """{"contexts": {"nel": {"error_type": "dns"}}}""", [("type", "\"nel\"")]),
        new("generic stays", "E-4", """{"type": "generic", "exception": [{"type": "E"}]}""", [("type", "\"generic\"")]),
        new("feedback stays", "E-4", """{"type": "feedback"}""", [("type", "\"feedback\"")]),
    ];

    private static IEnumerable<NormalizingCase> Transactions =>
    [
        new("whole", "E-9", Transaction(), [("type", "\"transaction\""), ("level", "\"info\""), ("transaction", "\"/\"")]),
        new("transaction's level is info", "E-10", Transaction(more: ""","level": "loud" """), [("level", "\"info\"")], "invalid_data level"),
        new("transaction without name", "E-11", Transaction(name: "null"), [("transaction", "\"<unlabeled transaction>\"")]),
        new("trace and spans get an operation", "E-11", Transaction(spans: Span(0, 1)), [("contexts.trace.op", "\"default\""), ("spans.0.op", "\"default\"")]),
        new("transaction that ends as it starts", "E-9", Transaction(start: 0), [("type", "\"transaction\"")]),
        new("transaction without timestamp ends at the receipt", "E-9", Transaction().Replace("\"timestamp\"", "\"received\"", StringComparison.Ordinal), [("timestamp", At(0))]),
        new("transaction without start", "E-9", Transaction().Replace("\"start_timestamp\"", "\"received\"", StringComparison.Ordinal), []) { Refused = "/start_timestamp" },
        new("transaction that ends before it starts", "E-9", Transaction(start: 1), []) { Refused = "/timestamp" },
        new("transaction without trace", "E-9", Transaction(trace: "null"), []) { Refused = "/contexts/trace" },
        new("trace without trace id", "E-9", Transaction(trace: """{"span_id": "fa90fdead5f74053"}"""), []) { Refused = "/contexts/trace/trace_id" },
        new("trace without span id", "E-9", Transaction(trace: """{"trace_id": "4c79f60c11214eb38604f4ae0781bfb2"}"""), []) { Refused = "/contexts/trace/span_id" },
        new("null among spans", "E-9", Transaction(spans: "null"), []) { Refused = "/spans/0" },
        new("span that ends before it starts", "E-9", Transaction(spans: Span(1, 0)), []) { Refused = "/spans/0/timestamp" },
        new("span that ends as it starts", "E-9", Transaction(spans: Span(0, 0)), [("spans.0.op", "\"default\"")]),
        new("span without start", "E-9", Transaction(spans: Span(0, 1).Replace("start_timestamp", "begun", StringComparison.Ordinal)), []) { Refused = "/spans/0/start_timestamp" },
        new("span without end", "E-9", Transaction(spans: Span(0, 1).Replace("\"timestamp\"", "\"ended\"", StringComparison.Ordinal)), []) { Refused = "/spans/0/timestamp" },
        new("span without trace id", "E-9", Transaction(spans: Span(0, 1).Replace("trace_id", "trace", StringComparison.Ordinal)), []) { Refused = "/spans/0/trace_id" },
        new("span without span id", "E-9", Transaction(spans: Span(0, 1).Replace("span_id", "span", StringComparison.Ordinal)), []) { Refused = "/spans/0/span_id" },
        new("span before 1970 in a transaction", "E-8", Transaction(spans: Span(0, 1) + "," + Span(-ReceivedSeconds - 5, 1)), [("spans.0.op", "\"default\""), ("spans.1", Missing)], "invalid_data spans.1"),
    ];

    private static IEnumerable<NormalizingCase> Others =>
    [
        new("address of the request on any platform", "E-17", """{"platform": "python", "request": {"env": {"REMOTE_ADDR": "10.0.0.1"}}}""", [("user.ip_address", "\"10.0.0.1\"")]),
        new("address of the user stays", "E-17", """{"user": {"ip_address": "10.0.0.2"}, "request": {"env": {"REMOTE_ADDR": "10.0.0.1"}}}""", [("user.ip_address", "\"10.0.0.2\"")]),
        new("address of the request that is none", "E-17", """{"platform": "python", "request": {"env": {"REMOTE_ADDR": "here"}}}""", [("user", Missing)]),
        new("address of the user that is none", "E-17", """{"user": {"id": "1", "ip_address": "here"}}""", [("user.ip_address", Missing), ("user.id", "\"1\"")], "invalid_data user.ip_address"),
        new("unknown attributes of the user move", "E-5", """{"user": {"id": 7, "plan": "pro", "data": {"a": 1}}}""", [("user.id", "\"7\""), ("user.plan", Missing), ("user.data", """{"a": 1, "plan": "pro"}""")]),
        new("user that is no object", "E-5", """{"user": "ada"}""", [("user", Missing)], "invalid_data user"),
        new("extra that is no object", "E-5", """{"extra": [1]}""", [("extra", "{}")], "invalid_data extra"),
        new("contexts that are no object", "E-5", """{"contexts": "x"}""", [("contexts", Missing)], "invalid_data contexts"),
        new("request that is no object", "E-5", """{"request": 1}""", [("request", Missing)], "invalid_data request"),
    ];

    private static string Transaction(
        long start = -10,
        string name = "\"/\"",
        string trace = """{"trace_id": "4c79f60c11214eb38604f4ae0781bfb2", "span_id": "fa90fdead5f74053"}""",
        string spans = "",
        string more = "") =>
        $$"""{"type": "transaction", "transaction": {{name}}, "start_timestamp": {{At(start)}}, "timestamp": {{At(0)}}, "contexts": {"trace": {{trace}}}, "spans": [{{spans}}]{{more}}}""";

    private static string Span(long start, long end) =>
        $$"""{"start_timestamp": {{At(start)}}, "timestamp": {{At(end)}}, "trace_id": "4c79f60c11214eb38604f4ae0781bfb2", "span_id": "fa90fdead5f74054"}""";
}
