using System.Text.Json;
using System.Xml.Linq;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Comparing;

public sealed class FindingTests
{
    private static readonly InstanceId Second = new(ModelLabel.Parse("sentry.user"), 2);

    private static readonly Finding Whole = new()
    {
        Kind = FindingKind.Of("ForeignKeyComparator"),
        On = Second,
        LeftPk = RecordKey.From(3),
        RightPk = RecordKey.From(4),
        Reason = "it's <ü> \"\\\" 😀",
        RightPlace = new RecordPlace { Backup = "my right.json", Line = 5, Column = 7, Pointer = "/2" },
    };

    [Fact]
    [Parity("12.8", "test_defaults")]
    public void Finding_without_anything_writes_nulls_and_shows_none()
    {
        var finding = new Finding { Kind = FindingKind.Unknown, On = new InstanceId(Second.Model, null) };

        Assert.Equal(
            """
            {
              "finding": "ComparatorFinding",
              "kind": "Unknown",
              "left_pk": null,
              "on": {
                "model": "sentry.user",
                "ordinal": null
              },
              "reason": "",
              "right_pk": null
            }
            """.ReplaceLineEndings("\n"),
            finding.ToJson());
        Assert.Equal("ComparatorFinding(\n    kind: Unknown,\n    on: InstanceID(model: 'sentry.user')\n)", finding.ToPretty());
    }

    [Fact]
    [Parity("12.8", "test_no_nulls")]
    [Parity("12.8", "test_comparator_finding")]
    public void Finding_is_written_as_Python_writes_it()
    {
        Assert.Equal(
            """
            [
              {
                "finding": "ComparatorFinding",
                "kind": "ForeignKeyComparator",
                "left_pk": 3,
                "on": {
                  "model": "sentry.user",
                  "ordinal": 2
                },
                "reason": "it's <\u00fc> \"\\\" \ud83d\ude00",
                "right_pk": 4
              }
            ]
            """.ReplaceLineEndings("\n"),
            new Findings([Whole]).ToJson());
        Assert.Equal(
            "ComparatorFinding(\n    kind: ForeignKeyComparator,\n    on: InstanceID(model: 'sentry.user', ordinal: 2),\n    left_pk: 3,\n    right_pk: 4,\n"
                + "    reason: it's <ü> \"\\\" 😀\n)",
            Whole.ToPretty());
    }

    [Fact]
    [Parity("12.8", "test_rpc_import_error")]
    public void Import_error_is_a_finding()
    {
        var error = new SentryImportError { Kind = SentryImportErrorKind.IntegrityError, On = Second, LeftPk = 3, Reason = "taken" };

        Assert.Equal(
            (Whole with { Name = "RpcImportError", Kind = new FindingKind("IntegrityError"), RightPk = null, Reason = "taken", RightPlace = null }).ToJson(),
            error.ToFinding().ToJson());
        Assert.Equal(
            "RpcImportError(\n    kind: IntegrityError,\n    on: InstanceID(model: 'sentry.user', ordinal: 2),\n    left_pk: 3,\n    reason: taken\n)",
            error.ToPretty());
    }

    [Fact]
    [Parity("12.8", "test_rpc_export_error")]
    public void Export_error_is_a_finding()
    {
        var error = new Finding { Name = "RpcExportError", Kind = new FindingKind("UnknownModel"), On = new InstanceId(Second.Model, null), Reason = "no such model" };

        Assert.StartsWith("{\n  \"finding\": \"RpcExportError\",\n  \"kind\": \"UnknownModel\",\n  \"left_pk\": null,\n", error.ToJson(), StringComparison.Ordinal);
        Assert.Equal("RpcExportError(\n    kind: UnknownModel,\n    on: InstanceID(model: 'sentry.user'),\n    reason: no such model\n)", error.ToPretty());
    }

    [Fact]
    public void Composite_and_text_keys_are_written_as_backups_hold_them()
    {
        var finding = Whole with { LeftPk = RecordKey.From([RecordKey.From(1), RecordKey.From("é")]), RightPk = RecordKey.From("x") };

        using var json = JsonDocument.Parse(new Findings([finding]).ToJson());

        Assert.Equal("[1,\"\\u00e9\"]", json.RootElement[0].GetProperty("left_pk").GetRawText().ReplaceLineEndings(string.Empty).Replace(" ", string.Empty, StringComparison.Ordinal));
        Assert.Equal("x", json.RootElement[0].GetProperty("right_pk").GetString());
    }

    [Fact]
    public void No_findings_are_an_empty_list_and_a_passed_test()
    {
        Assert.Equal("[]", Findings.None.ToJson());
        Assert.Equal(string.Empty, Findings.None.ToPretty());
        Assert.Equal("0", XDocument.Parse(Findings.None.ToJUnit("compare")).Root!.Element("testsuite")!.Attribute("failures")!.Value);
    }

    [Fact]
    public void JUnit_report_has_a_failed_test_for_each_finding()
    {
        var suite = XDocument.Parse(new Findings([Whole, Whole with { Reason = "a\u0001b" }]).ToJUnit("compare")).Root!.Element("testsuite")!;

        Assert.Equal(("2", "2"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value));
        var failure = suite.Elements("testcase").First();
        Assert.Equal(("sentry.user", "ForeignKeyComparator 2 #1"), (failure.Attribute("classname")!.Value, failure.Attribute("name")!.Value));
        Assert.Contains("my right.json:5:7 /2", failure.Element("failure")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_log_says_where_each_finding_is()
    {
        using var sarif = JsonDocument.Parse(new Findings([Whole]).ToSarif("1.2.3"));

        var run = sarif.RootElement.GetProperty("runs")[0];
        Assert.Equal("ForeignKeyComparator", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0].GetProperty("id").GetString());
        var place = run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("my%20right.json", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(5, place.GetProperty("region").GetProperty("startLine").GetInt32());
    }
}
