using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Model;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>The least that a hand-written import of the same typed rows can do through the driver.</summary>
internal sealed class BareRival : Rival
{
    internal override string Name => "bare";

    internal override string Title => "bare writer";

    internal override async Task ImportAsync(BenchmarkEngine engine, string connectionString, string file)
    {
        await using var connection = engine.CreateConnection(connectionString);
        await connection.OpenAsync();
        var highest = new Dictionary<string, long>();
        foreach (var table in BenchmarkTables.All)
        {
            highest[table.Table] = await BenchmarkEngine.HighestKeyAsync(connection, table.Table);
        }

        await using (var sink = await engine.OpenSinkAsync(connection))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            new BareReader(BenchmarkTables.All, highest, sink).Read(stream);
            await sink.CompleteAsync();
        }

        await engine.MoveCountersAsync(connection);
    }
}
