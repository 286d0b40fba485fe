using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Specification.Importing;
using Spectre.Console;

namespace Relocation.Testing.Cli.Tests;

/// <summary>Whoever adds to a result finds out here whether the command line tells it.</summary>
public sealed class ResultMembersTests
{
    /// <summary>Of what a report for people tells, and how.</summary>
    private static readonly Dictionary<string, string> ToldOtherwise = new()
    {
        [nameof(ImportResult.Map)] = "by --map",
        [nameof(ImportResult.Plan)] = "by the graph command",
        [nameof(ImportResult.Filtered)] = "by the counts of models",
        [nameof(ImportResult.Findings)] = "as warnings, on standard error",
        [nameof(ImportResult.ForeignKeys)] = "by --json",
    };

    private static readonly RelocationModel Model = RelocationModel.Create("empty", []);

    [Fact]
    public void Json_has_everything_that_a_result_says()
    {
        var result = FilledResult.Of(ImportPlan.For(Model));
        using var stream = new MemoryStream();
        JsonDocumentWriter.Write(stream, new ImportDocument(Outcome(result), new MapOutput(null, null, new SnapshotOptions()), null));
        using var json = JsonDocument.Parse(stream.ToArray());
        var written = Values(json.RootElement).ToHashSet();

        var missing = FilledResult.Leaves(result).Where(leaf => leaf.Value is not bool && leaf.Path != ".Map" && !written.Contains(Shown(leaf.Value)))
            .Select(leaf => leaf.Path.Split('.')[^1]).Distinct();

        // The pointer holds the record's place in the backup.
        Assert.Equal([nameof(RecordPlace.Ordinal)], missing);
    }

    [Fact]
    public void Report_changes_with_every_member_of_a_result()
    {
        var whole = Report(Filled());

        var silent = typeof(ImportResult).GetProperties().Where(property =>
        {
            var result = Filled();
            var type = property.PropertyType;
            property.SetValue(result, type switch
            {
                _ when type == typeof(DriftReport) => EmptyDrift(),
                _ when type.IsGenericType => Array.CreateInstance(type.GetGenericArguments()[0], 0),
                _ when type == typeof(PrimaryKeyMap) || type == typeof(ImportPlan) => property.GetValue(result),
                _ => type.IsValueType ? Activator.CreateInstance(type) : null,
            });
            return Report(result) == whole;
        });

        Assert.Equal(ToldOtherwise.Keys.Order(), silent.Select(property => property.Name).Order());
    }

    /// <summary>Members are shown below their models.</summary>
    private static ImportResult Filled()
    {
        var result = FilledResult.Of(ImportPlan.For(Model));
        typeof(ImportResult).GetProperty(nameof(ImportResult.Members))!.SetValue(
            result, result.Members.Select(member => member with { Model = result.Models[0].Model }).ToList());
        return result;
    }

    private static string Report(ImportResult result)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var report = new ImportReport(Outcome(result), writer, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }));
        report.Write();
        report.WriteClosing();
        return writer.ToString();
    }

    private static DriftReport EmptyDrift() => new() { UnknownModels = [], UnknownFields = [], DefaultedFields = [], Declared = [] };

    private static ImportOutcome Outcome(ImportResult result) =>
        new(Backup.FromJson("[]", "b"), Model, ImportScope.Everything, DatabaseLocation.Temporary(), CreatedSchema: false, result);

    private static IEnumerable<string> Values(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Values(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Values),
        _ => [element.ToString()],
    };

    private static string Shown(object? value) => value switch
    {
        RecordKey key => key.AsText(),
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
