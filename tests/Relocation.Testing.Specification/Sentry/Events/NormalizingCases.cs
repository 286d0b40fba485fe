using static Relocation.Testing.Specification.Sentry.Events.NormalizingCase;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>The table of repairs (docs/events.md, What is repaired) row by row, with its edges.</summary>
public static partial class NormalizingCases
{
    private const string Id = NormalizingCase.FreshId;

    /// <summary>All rows. Their names are distinct.</summary>
    public static IReadOnlyList<NormalizingCase> All { get; } = [.. Identities, .. Moments, .. Versions, .. Tags, .. Messages, .. Exceptions, .. Transactions, .. Others];

    /// <summary>A row by its name, as theories are given it.</summary>
    public static NormalizingCase Named(string name) => All.Single(row => row.ToString() == name);

    private static IEnumerable<NormalizingCase> Identities =>
    [
        new("missing id is made", "event_id", "{}", [("event_id", Id)]),
        new("empty id is made", "event_id", """{"event_id": ""}""", [("event_id", Id)]),
        new("id of 33 digits is replaced", "event_id", $$"""{"event_id": "{{new string('a', 33)}}"}""", [("event_id", Id)], "invalid_data event_id"),
        new("id that is not hexadecimal is replaced", "event_id", $$"""{"event_id": "{{new string('g', 32)}}"}""", [("event_id", Id)], "invalid_data event_id"),
        new("id that is a number is replaced", "event_id", """{"event_id": 7}""", [("event_id", Id)], "invalid_data event_id"),
        new("id in upper case is lowered", "event_id", $$"""{"event_id": "{{new string('A', 32)}}"}""", [("event_id", $"\"{new string('a', 32)}\"")]),
        new("missing platform", "platform", "{}", [("platform", "\"other\"")]),
        new("unknown platform is no error", "E-16", """{"platform": "cobol"}""", [("platform", "\"other\"")]),
        new("platform that is no text", "E-16", """{"platform": 7}""", [("platform", "\"other\"")]),
        new("known platform", "E-16", """{"platform": "csharp"}""", [("platform", "\"csharp\"")]),
        new("platform in another case is unknown", "E-16", """{"platform": "Python"}""", [("platform", "\"other\"")]),
        new("missing level", "E-10", "{}", [("level", "\"error\"")]),
        new("level log is info", "E-10", """{"level": "log"}""", [("level", "\"info\"")]),
        new("level critical is fatal", "E-10", """{"level": "critical"}""", [("level", "\"fatal\"")]),
        new("level by its number", "E-10", """{"level": 30}""", [("level", "\"warning\"")]),
        new("level number between", "E-10", """{"level": 35}""", [("level", "\"error\"")], "invalid_data level"),
        new("unknown level", "level", """{"level": "loud"}""", [("level", "\"error\"")], "invalid_data level"),
        new("version is 5", "version", "{}", [("version", "\"5\"")]),
        new("version stays", "version", """{"version": "7"}""", [("version", "\"7\"")]),
        new("defaults", "E-5", "{}", [("logger", "\"\""), ("extra", "{}"), ("type", "\"default\"")]),
        new("logger of two lines", "E-21", """{"logger": "a\nb"}""", [("logger", "\"\"")], "invalid_data logger"),
        new("empty logger", "E-21", """{"logger": ""}""", [("logger", "\"\"")]),
        new("long logger", "E-14", $$"""{"logger": "{{Long(65)}}"}""", [("logger", $"\"{Cut(64)}\"")]),
        new("long culprit", "culprit", $$"""{"culprit": "{{Long(201)}}"}""", [("culprit", $"\"{Cut(200)}\"")]),
        new("long transaction", "transaction", $$"""{"transaction": "{{Long(201)}}"}""", [("transaction", $"\"{Cut(200)}\"")]),
        new("transaction of 200 stays", "transaction", $$"""{"transaction": "{{Long(200)}}"}""", [("transaction", $"\"{Long(200)}\"")]),
        new("long culprit of pairs counts characters", "E-1", $$"""{"culprit": "{{string.Concat(Enumerable.Repeat("😀", 200))}}"}""", [("culprit", $"\"{string.Concat(Enumerable.Repeat("😀", 200))}\"")]),
        new("unknown attribute", "attributes", """{"colour": "red"}""", [("colour", Missing)], "invalid_attribute colour"),
        new("unknown attribute is the last error", "E-5", """{"colour": "red", "level": "loud"}""", [("level", "\"error\"")], "invalid_data level", "invalid_attribute colour"),
        new("errors that were sent come first", "E-5", """{"errors": [{"type": "x", "name": "y"}], "level": "loud"}""", [("level", "\"error\"")], "x y", "invalid_data level"),
    ];

    private static IEnumerable<NormalizingCase> Moments =>
    [
        new("missing timestamp is the receipt", "E-7", "{}", [("timestamp", At(0)), ("received", At(0))]),
        new("received is the receipt whatever was sent", "E-7", """{"received": 5}""", [("received", At(0))]),
        new("timestamp that cannot be read", "timestamp", """{"timestamp": "soon"}""", [("timestamp", At(0))], "invalid_data timestamp"),
        new("timestamp as text", "E-7", """{"timestamp": "2026-01-15T11:59:58.5Z"}""", [("timestamp", "1768478398.5")]),
        new("timestamp with an offset", "E-7", """{"timestamp": "2026-01-15T13:59:00+02:00"}""", [("timestamp", At(-60))]),
        new("timestamp 60 seconds ahead", "E-6", Event("timestamp", 60), [("timestamp", At(60))]),
        new("timestamp 61 seconds ahead", "E-6", Event("timestamp", 61), [("timestamp", At(0)), ("errors.0.sdk_time", "\"2026-01-15T12:01:01+00:00\""), ("errors.0.server_time", "\"2026-01-15T12:00:00+00:00\"")], "future_timestamp timestamp"),
        new("timestamp 30 days back", "E-6", Event("timestamp", -30 * Day), [("timestamp", At(-30 * Day))]),
        new("timestamp 30 days and a second back", "E-6", Event("timestamp", -30 * Day - 1), [("timestamp", At(0))], "past_timestamp timestamp"),
        new("all timestamps move together", "E-6",
            $$"""{"timestamp": {{At(-40 * Day)}}, "start_timestamp": {{At(-40 * Day - 7)}}, "breadcrumbs": [{"timestamp": {{At(-40 * Day - 3)}}}], "spans": [{"start_timestamp": {{At(-40 * Day - 6)}}, "timestamp": {{At(-40 * Day - 5)}}}]}""",
            [("timestamp", At(0)), ("start_timestamp", At(-7)), ("breadcrumbs.values.0.timestamp", At(-3)), ("spans.0.start_timestamp", At(-6)), ("spans.0.timestamp", At(-5))],
            "past_timestamp timestamp"),
        new("event of 1969 is mended as past", "E-8", """{"timestamp": -5, "start_timestamp": -6}""", [("timestamp", At(0)), ("start_timestamp", At(-1))], "past_timestamp timestamp"),
        new("start before 1970 that stays there", "E-8", """{"start_timestamp": -6}""", []) { Refused = "/start_timestamp" },
        new("breadcrumb before 1970 is dropped", "E-8", """{"breadcrumbs": {"values": [{"timestamp": -1}, {"message": "b"}]}}""", [("breadcrumbs.values.0.message", "\"b\""), ("breadcrumbs.values.1", Missing)], "invalid_data breadcrumbs.values.0"),
        new("span before 1970 is dropped", "E-8", """{"spans": [{"timestamp": -1, "start_timestamp": -2}]}""", [("spans", "[]")], "invalid_data spans.0"),
        new("breadcrumb's timestamp that cannot be read", "E-8", """{"breadcrumbs": [{"timestamp": "soon"}]}""", [("breadcrumbs.values.0.timestamp", Missing)], "invalid_data breadcrumbs.values.0.timestamp"),
        new("breadcrumbs get type and level", "E-5", """{"breadcrumbs": [{}, {"type": "http", "level": "log"}]}""", [("breadcrumbs.values.0.type", "\"default\""), ("breadcrumbs.values.0.level", "\"info\""), ("breadcrumbs.values.1.type", "\"http\"")]),
    ];

    private static IEnumerable<NormalizingCase> Versions =>
    [
        new("release of 200 stays", "release", $$"""{"release": "{{Long(200)}}"}""", [("release", $"\"{Long(200)}\"")]),
        new("release over 200", "release", $$"""{"release": "{{Long(201)}}"}""", [("release", Missing)], "invalid_data release"),
        new("release that is a number", "release", """{"release": 42}""", [("release", "\"42\"")]),
        new("release of blanks", "release", """{"release": " \t\n"}""", [("release", Missing)]),
        new("empty release", "release", """{"release": ""}""", [("release", Missing)]),
        new("dist of 64 stays", "E-15", $$"""{"release": "1", "dist": "{{Long(64)}}"}""", [("dist", $"\"{Long(64)}\"")]),
        new("dist over 64", "E-15", $$"""{"release": "1", "dist": "{{Long(65)}}"}""", [("dist", Missing)], "value_too_long dist"),
        new("dist with wrong characters", "E-15", """{"release": "1", "dist": "^%"}""", [("dist", Missing)], "invalid_data dist"),
        new("dist in blanks", "dist", """{"release": "1", "dist": " a.b_c-1 "}""", [("dist", "\"a.b_c-1\"")]),
        new("dist of blanks", "E-15", """{"release": "1", "dist": "  "}""", [("dist", Missing)]),
        new("dist without release", "dist", """{"dist": "a"}""", [("dist", Missing)]),
        new("dist that is no text", "dist", """{"release": "1", "dist": 7}""", [("dist", Missing)], "invalid_data dist"),
        new("environment of 64 stays", "environment", $$"""{"environment": "{{Long(64)}}"}""", [("environment", $"\"{Long(64)}\"")]),
        new("environment over 64", "environment", $$"""{"environment": "{{Long(65)}}"}""", [("environment", Missing)], "invalid_data environment"),
        new("environment with a slash", "environment", """{"environment": "a/b"}""", [("environment", Missing)], "invalid_data environment"),
        new("environment with a line feed", "environment", """{"environment": "a\nb"}""", [("environment", Missing)], "invalid_data environment"),
        new("environment with a carriage return", "environment", """{"environment": "a\rb"}""", [("environment", Missing)], "invalid_data environment"),
        new("environment with a form feed", "environment", """{"environment": "a\fb"}""", [("environment", Missing)], "invalid_data environment"),
        new("environment that is no text", "environment", """{"environment": 3}""", [("environment", Missing)], "invalid_data environment"),
        new("empty environment", "E-13", """{"environment": ""}""", [("environment", Missing)]),
        new("environment tag moves up", "E-13", """{"tags": [["environment", "live"]]}""", [("environment", "\"live\"")]),
        new("environment tag gives way", "E-13", """{"environment": "test", "tags": {"environment": "live"}}""", [("environment", "\"test\"")]),
        new("environment tag stands in for an empty one", "E-13", """{"environment": "", "tags": [["environment", "live"]]}""", [("environment", "\"live\"")]),
        new("environment tag that is none", "E-13", """{"tags": [["environment", "a/b"]]}""", [("environment", Missing)], "invalid_data tags.environment"),
    ];

    private static IEnumerable<NormalizingCase> Tags =>
    [
        new("tags as an object are sorted", "tags", """{"tags": {"b": "2", "a c": "1"}}""", [("tags.0", """["a-c", "1"]"""), ("tags.1", """["b", "2"]""")]),
        new("long tag key", "tags", $$"""{"tags": [["{{Long(201)}}", "v"]]}""", [("tags.0", """[null, "v"]""")], "value_too_long tags.0.0"),
        new("tag key of 200 stays", "E-14", $$"""{"tags": [["{{Long(200)}}", "v"]]}""", [("tags.0.1", "\"v\"")]),
        new("long tag value", "tags", $$"""{"tags": [["k", "{{Long(201)}}"]]}""", [("tags.0", """["k", null]""")], "value_too_long tags.0.1"),
        new("tag value of two lines", "tags", """{"tags": [["k", "a\nb"]]}""", [("tags.0", """["k", null]""")], "invalid_data tags.0.1"),
        new("reserved tags", "E-12", """{"tags": [["release", "1"], ["dist", "1"], ["user", "1"], ["filename", "1"], ["function", "1"], ["kept", "1"]]}""", [("tags.0", """["kept", "1"]"""), ("tag release", Missing)]),
        new("first of equal keys", "E-12", """{"tags": [["k", "1"], ["k", "2"]]}""", [("tag k", "\"1\""), ("tags.0", """["k", "1"]""")]),
        new("empty key", "E-12", """{"tags": [["", "1"]]}""", [("tags.0", """[null, "1"]""")], "invalid_data tags.0.0"),
        new("empty value", "E-12", """{"tags": [["k", ""]]}""", [("tags.0", """["k", null]""")], "invalid_data tags.0.1"),
        new("values that are no text", "tags", """{"tags": [["n", 7], ["t", true]]}""", [("tag n", "\"7\""), ("tag t", "\"True\"")]),
        new("value that cannot be text", "tags", """{"tags": [["k", {}]]}""", [("tags.0", """["k", null]""")], "invalid_data tags.0.1"),
        new("null entries survive", "2", """{"tags": [null, ["k", "1"]]}""", [("tags.0", Missing), ("tags.1", """["k", "1"]""")]),
        new("tags that are text", "tags", """{"tags": "a"}""", [("level", "\"error\"")], "invalid_data tags"),
        new("server name and site are tags", "E-12", """{"server_name": "s", "site": "t", "tags": [["site", "old"]]}""", [("server_name", Missing), ("site", Missing), ("tag server_name", "\"s\""), ("tag site", "\"t\"")]),
        new("long server name", "server_name", $$"""{"server_name": "{{Long(201)}}"}""", [("tag server_name", $"\"{Cut(200)}\"")]),
        new("server name of two lines", "server_name", """{"server_name": "a\nb"}""", [("server_name", Missing), ("tag server_name", Missing)], "invalid_data server_name"),
        new("empty server name", "server_name", """{"server_name": " "}""", [("server_name", Missing), ("tag server_name", Missing)]),
        new("long site", "site", $$"""{"site": "{{Long(201)}}"}""", [("tag site", $"\"{Cut(200)}\"")]),
    ];

    private const long Day = 24 * 60 * 60;

    private static string Long(int length) => new('x', length);

    /// <summary>What is left of a longer text: dots count.</summary>
    private static string Cut(int length) => new string('x', length - 3) + "...";

    private static string At(long seconds) => (ReceivedSeconds + seconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Event(string attribute, long seconds) => $$"""{"{{attribute}}": {{At(seconds)}}}""";
}
