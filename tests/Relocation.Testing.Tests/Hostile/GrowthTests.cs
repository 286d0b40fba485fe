using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Backups;
using Relocation.Testing.Specification;
using Relocation.Testing.Texts;
using Xunit;

namespace Relocation.Testing.Tests.Hostile;

/// <summary>Work grows as an input does: twice the fields, labels or elements take twice the work and no more.</summary>
[Case("hostile/many-fields")]
[Collection(nameof(TestsAlone))]
public sealed class GrowthTests
{
    private const int Some = 2_000;

    /// <summary>Work that grows with the square of its input takes four times as much for twice of it.</summary>
    private const double MostGrowth = 2.6;

    private static readonly RelocationModel Model = RelocationModel.Create("made",
    [
        new RelocationEntity
        {
            Label = ModelLabel.Parse("m.item"),
            Table = "item",
            Key = new RelocationKey { Fields = [new RelocationField { Name = "id", Column = "id", Type = FieldType.Integer, StoreType = "INTEGER" }], Policy = KeyPolicy.Remap },
            Fields =
            [
                new RelocationField { Name = "name", Column = "name", Type = FieldType.Text, StoreType = "TEXT", IsNullable = true },
                new RelocationField { Name = "parent", Column = "parent", Type = FieldType.Integer, StoreType = "INTEGER", IsNullable = true },
            ],
            References = [new RelocationReference { Name = "parent", Fields = ["parent"], Target = ModelLabel.Parse("m.item"), HasConstraint = false }],
        },
    ]);

    public static TheoryData<string> Shapes => [.. Makers.Keys];

    private static Dictionary<string, Func<int, string>> Makers { get; } = new()
    {
        ["unknown fields in one record"] = count => Record(Joined(count, i => $"\"g{i}\":0")),
        ["one field many times"] = count => Record(Joined(count, _ => "\"name\":\"a\"")),
        ["one wrong field many times"] = count => Record(Joined(count, _ => "\"parent\":{}")),
        ["unknown members of a record"] = count => $"[{{\"model\":\"m.item\",\"pk\":1,\"fields\":{{}},{Joined(count, i => $"\"g{i}\":0")}}}]",
        ["its key many times"] = count => $"[{{\"model\":\"m.item\",\"pk\":1,\"fields\":{{}},{Joined(count, _ => "\"pk\":1")}}}]",
        ["one key in many records"] = count => Records(count, _ => 1, _ => "\"name\":\"a\""),
        ["unknown fields, one in each record"] = count => Records(count, i => i, i => $"\"g{i}\":0"),
        ["references to what is missing"] = count => Records(count, i => i + 1, i => $"\"parent\":{i + 10_000_000}"),
        ["a chain of references"] = count => Records(count, i => i + 1, i => $"\"parent\":{(i == 0 ? "null" : $"{i}")}"),
        ["a circle of references"] = count => Records(count, i => i + 1, i => $"\"parent\":{((i + 1) % count) + 1}"),
        ["unknown models"] = count => $"[{Joined(count, i => $"{{\"model\":\"n.l{i}\",\"pk\":1,\"fields\":{{}}}}")}]",
        ["labels that are none"] = count => $"[{Joined(count, i => $"{{\"model\":\"l{i}\",\"pk\":1,\"fields\":{{}}}}")}]",
        ["a long string"] = count => Record($"\"name\":\"{new string('x', count * 10)}\""),
        ["a long name"] = count => Record($"\"{new string('x', count * 10)}\":0"),
        ["a long label"] = count => $"[{{\"model\":\"m.{new string('x', count * 10)}\",\"pk\":1,\"fields\":{{}}}}]",
        ["a wide value"] = count => Record($"\"extra\":[{Joined(count, _ => "[[[1]]]")}]"),
        ["a key of many parts"] = count => $"[{{\"model\":\"n.item\",\"pk\":[{Joined(count, i => $"{i}")}],\"fields\":{{}}}}]",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Twice_the_input_takes_twice_the_memory_on_every_path(string shape)
    {
        var paths = new Dictionary<string, Func<Backup, Task>>
        {
            ["import"] = ImportAsync,
            ["sanitise"] = backup => BackupSanitizer.SanitizeAsync(backup, BackupDestination.ToStream(Stream.Null), new SanitizeOptions { Model = Model }, Cancel),
            ["audit"] = backup => LeakAudit.RunAsync(backup, backup, new LeakAuditOptions { Model = Model }, Cancel),
            ["compare"] = backup => BackupComparer.CompareAsync(backup, backup, cancellationToken: Cancel),
        };
        foreach (var (path, run) in paths)
        {
            _ = await AllocatedAsync(Makers[shape](Some / 10), run);
            var once = await AllocatedAsync(Makers[shape](Some), run);
            var twice = await AllocatedAsync(Makers[shape](2 * Some), run);

            Assert.True(twice <= MostGrowth * once, string.Create(CultureInfo.InvariantCulture, $"{path}: {once} bytes, then {twice}"));
        }
    }

    /// <summary>Members that differ take about as long in one record as in many.</summary>
    [Fact]
    public async Task Differences_of_one_wide_record_take_no_longer_than_those_of_many()
    {
        // What grows with the square of its input takes sixty times as long; other processes on the machine may well double or treble either time.
        const double MostTimes = 12;
        const int Members = 500;
        const int Times = 60;
        _ = await TimeAsync(1, Members);
        var (many, wide) = (double.MaxValue, double.MaxValue);
        for (var times = 0; times < 3 && (times == 0 || wide > MostTimes * many); times++)
        {
            many = Math.Min(many, await TimeAsync(Times, Members));
            wide = Math.Min(wide, await TimeAsync(1, Times * Members));
        }

        Assert.True(wide <= MostTimes * many, string.Create(CultureInfo.InvariantCulture, $"{many} milliseconds, then {wide}"));

        static async Task<double> TimeAsync(int records, int members)
        {
            var (left, right) = (Made(0), Made(1));
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            var result = await BackupComparer.CompareAsync(Backup.FromJson(left), Backup.FromJson(right), cancellationToken: Cancel);
            Assert.Equal(records * members, result.Count);

            string Made(int value) => Records(records, i => i + 1, i => Joined(members, member => $"\"g{i}_{member}\":{value}"));
            return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    [Fact]
    public void Places_of_all_fields_are_found_in_one_walk_over_a_record()
    {
        var json = Encoding.UTF8.GetBytes($"{{{Joined(Some, i => $"\"g{i}\":[{i}]")}}}");
        var tracer = new PointerTracer();
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            var pointer = tracer.PointerTo(json, reader.ValueStart);

            Assert.Equal($"/{Encoding.UTF8.GetString(reader.Name)}", pointer);
            Assert.Equal(PointerTracer.Trace(json, reader.ValueStart), pointer);
            Assert.Equal($"{pointer}/0", tracer.PointerTo(json, reader.ValueStart + 1));
            Assert.Equal(pointer, tracer.PointerTo(json, reader.ValueStart));
        }

        Assert.InRange(tracer.BytesRead, json.Length / 2, 4 * json.Length);
    }

    [Fact]
    public void Going_back_and_forth_finds_the_places_that_a_new_walk_finds()
    {
        var json = """{"a":[{"b":1,"c":[1,2,{"d":"x,}]"}]},{"b":2}],"e":{"f":{"g":[[],[0]]}},"":"","h/~":[3]}"""u8.ToArray();
        var random = new Random(7);
        var tracer = new PointerTracer();
        for (var times = 0; times < 5_000; times++)
        {
            var position = random.Next(json.Length);

            Assert.Equal(PointerTracer.Trace(json, position), tracer.PointerTo(json, position));
            Assert.Equal(PointerTracer.Path(json, position), tracer.PathTo(json, position));
        }
    }

    [Fact]
    public async Task Record_with_too_many_fields_is_refused_with_its_place_and_the_limit_by_name()
    {
        var backup = Backup.FromJson(Record(Joined(11, i => $"\"g{i}\":0")), "wide");
        var limits = new BackupLimits { MaxFields = 10 };

        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => BackupComparer.CompareAsync(
            backup, backup, new ComparisonOptions { Limits = limits }, Cancel));

        Assert.Contains("wide:1:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("more than 10 fields, those of objects in it included. Correct it, or raise BackupLimits.MaxFields.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_with_80_000_fields_is_imported_and_its_unknown_fields_are_all_told()
    {
        await using var connection = await OpenAsync();

        var result = await new BackupImporter(Model, SqliteEngine.Instance)
            .ImportAsync(connection, Backup.FromJson(Record(Joined(80_000, i => $"\"g{i}\":0"))), Cancel);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => new BackupImporter(Model, SqliteEngine.Instance)
            .ImportAsync(connection, Backup.FromJson(Record(Joined(80_000, _ => "\"name\":\"a\""))), Cancel));

        Assert.Equal(80_000, result.Drift.UnknownFields.Count);
        Assert.Contains("was not imported for 79999 problems", refusal.Message, StringComparison.Ordinal);
    }

    private static string Joined(int count, Func<int, string> make) => string.Join(',', Enumerable.Range(0, count).Select(make));

    private static string Record(string fields) => $"[{{\"model\":\"m.item\",\"pk\":1,\"fields\":{{{fields}}}}}]";

    private static string Records(int count, Func<int, int> key, Func<int, string> fields) =>
        $"[{Joined(count, i => $"{{\"model\":\"m.item\",\"pk\":{key(i)},\"fields\":{{{fields(i)}}}}}")}]";

    private static async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, parent INTEGER)";
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }

    private static async Task ImportAsync(Backup backup)
    {
        await using var connection = await OpenAsync();
        await new BackupImporter(Model, SqliteEngine.Instance).ImportAsync(connection, backup, Cancel);
    }

    /// <summary>What a path allocates; no other test runs meanwhile.</summary>
    private static async Task<long> AllocatedAsync(string json, Func<Backup, Task> run)
    {
        var backup = Backup.FromJson(json, "grown");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var refusal = await Xunit.Record.ExceptionAsync(() => run(backup));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.True(refusal is null or RelocationException, $"{refusal}");
        return allocated;
    }
}
