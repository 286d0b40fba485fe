using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Relocation.Testing.Specification.Values;

/// <summary>Sends values through import, EF Core's own reading, and export.</summary>
/// <param name="database">The database.</param>
/// <param name="isSqlite">Whether it is one of SQLite's.</param>
public sealed class ValueRun(TestDatabase<ValueContext> database, bool isSqlite)
{
    private static readonly JsonSerializerOptions Anything = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>So many problems are listed for a backup.</summary>
    private const int ListedProblems = 10;

    private readonly List<string> _wrong = [];

    /// <summary>What was not as expected.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>The values that the engine keeps.</summary>
    public IEnumerable<HeldValue> Kept => HeldValue.All.Where(value => value.Edge.IsTaken(isSqlite));

    /// <summary>Imports values, compares what EF Core reads with what is expected, and gives what an export makes of them.</summary>
    /// <param name="values">The values, as the backup holds them.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task<IReadOnlyList<HeldValue>> ImportAsync(IReadOnlyList<HeldValue> values, CancellationToken cancellationToken)
    {
        var result = await database.ImportAsync(BackupOf(values), null, cancellationToken);
        var keys = result.Map.Entries.ToDictionary(entry => (entry.Model.Value, (int)entry.Old.AsInteger()), entry => (int)entry.New.AsInteger());
        await using var context = database.CreateContext();
        foreach (var (value, index) in values.Select((value, index) => (value, index)))
        {
            await CheckAsync(context, value, keys[(value.Model, index)], cancellationToken);
        }

        Report(result, values);
        var exported = JsonNode.Parse(await database.ExportToJsonAsync(null, cancellationToken))!.AsArray()
            .ToDictionary(record => (record!["model"]!.GetValue<string>(), record["pk"]!.GetValue<int>()), record => record!["fields"]!["value"]);
        return [.. values.Select((value, index) => value with { Json = exported[(value.Model, keys[(value.Model, index)])]?.ToJsonString(Anything) ?? "null" })];
    }

    /// <summary>Imports values that the engine must refuse with their place.</summary>
    public async Task RefuseAsync(CancellationToken cancellationToken)
    {
        var refused = HeldValue.All.Where(value => !value.Edge.IsTaken(isSqlite)).ToList();
        foreach (var chunk in refused.Chunk(ListedProblems))
        {
            var together = await PlacesAsync(chunk, cancellationToken);
            foreach (var (value, index) in chunk.Select((value, index) => (value, index)))
            {
                // What the column itself refuses is refused alone: nothing is read after it.
                if (!together.Contains($"/{index}/fields/value") && (await PlacesAsync([value], cancellationToken)).Intersect(["/0", "/0/fields/value"]).Count() != 1)
                {
                    _wrong.Add($"{value}: not refused with its place");
                }
            }
        }
    }

    private async Task<IReadOnlySet<string>> PlacesAsync(IReadOnlyList<HeldValue> values, CancellationToken cancellationToken)
    {
        try
        {
            await database.ImportAsync(BackupOf(values), null, cancellationToken);
            return new HashSet<string>();
        }
        catch (ImportException refusal)
        {
            return refusal.Problems.Select(problem => problem.Place.Pointer).ToHashSet(StringComparer.Ordinal);
        }
    }

    private async Task CheckAsync(ValueContext context, HeldValue value, int key, CancellationToken cancellationToken)
    {
        try
        {
            var read = await value.Case.ReadAsync(context, key, cancellationToken);
            if (!(value.Edge.IsCut && !isSqlite ? IsNear(value.Edge.Value, read) : IsSame(value.Edge.Value, read)))
            {
                _wrong.Add($"{value}: read as {JsonSerializer.Serialize(read, Anything)}");
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _wrong.Add($"{value}: EF Core cannot read it: {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Digits that are cut off are reported, and no others.</summary>
    private void Report(ImportResult result, IReadOnlyList<HeldValue> values)
    {
        var expected = values.Where(value => value.Edge.IsCut && !isSqlite && HasSevenDigits(value.Json)).GroupBy(value => value.Model)
            .Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal);
        var reported = result.Shortened.Select(field => $"{field.Model} {field.Records}").Order(StringComparer.Ordinal);
        if (!expected.SequenceEqual(reported))
        {
            _wrong.Add($"shortened: {string.Join(", ", reported)} instead of {string.Join(", ", expected)}");
        }
    }

    /// <summary>A value that an export of PostgreSQL holds has lost its last digit already.</summary>
    private static bool HasSevenDigits(string json) =>
        json.Contains('.', StringComparison.Ordinal) && json[(json.LastIndexOf('.') + 1)..].TakeWhile(char.IsAsciiDigit).Count() > 6;

    private static Backup BackupOf(IReadOnlyList<HeldValue> values)
    {
        var text = new StringBuilder("[");
        for (var index = 0; index < values.Count; index++)
        {
            text.Append(index == 0 ? string.Empty : ",\n")
                .Append(CultureInfo.InvariantCulture, $"{{\"model\":\"{values[index].Model}\",\"pk\":{index},\"fields\":{{\"value\":{values[index].Json}}}}}");
        }

        return Backup.FromJson(text.Append(']').ToString(), "values");
    }

    private bool IsSame(object? expected, object? read) => (expected, read) switch
    {
        (null, null) => true,
        (DateTimeOffset left, DateTimeOffset right) => isSqlite ? left.EqualsExact(right) : left == right,
        (IDictionary left, IDictionary right) => left.Count == right.Count && left.Keys.Cast<object>().All(key => Equals(left[key], right[key])),
        (string left, string right) => left == right,
        (IEnumerable left, IEnumerable right) => left.Cast<object?>().Zip(right.Cast<object?>(), IsSame).All(same => same)
            && left.Cast<object?>().Count() == right.Cast<object?>().Count(),
        _ => Equals(expected, read),
    };

    /// <summary>The last digit of a second is gone.</summary>
    private static bool IsNear(object? expected, object? read)
    {
        var (left, right) = (TicksOf(expected), TicksOf(read));
        return Math.Abs(left - right) < TimeSpan.TicksPerMicrosecond && left != right;
    }

    private static long TicksOf(object? value) => value switch
    {
        DateTime moment => moment.Ticks,
        DateTimeOffset moment => moment.UtcTicks,
        TimeOnly time => time.Ticks,
        TimeSpan span => span.Ticks,
        _ => 0,
    };
}
