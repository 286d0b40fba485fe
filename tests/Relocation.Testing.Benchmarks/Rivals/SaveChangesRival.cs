using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Model;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>EF Core's AddRange and SaveChanges, 1,000 entities at a time, all in one transaction.</summary>
internal sealed class SaveChangesRival : Rival
{
    private const int ChunkSize = 1_000;

    internal override string Name => "savechanges";

    internal override string Title => "EF Core SaveChanges, chunks of 1,000";

    internal override async Task ImportAsync(BenchmarkEngine engine, string connectionString, string file)
    {
        await using var connection = engine.CreateConnection(connectionString);
        await connection.OpenAsync();
        var options = engine.Options(connection);
        var keys = new RowKeys(await engine.HighestKeysAsync(connection));
        await using var transaction = await connection.BeginTransactionAsync();
        await foreach (var chunk in EntityReader.ReadAsync(file, keys).Chunk(ChunkSize))
        {
            await using var context = new BenchmarkContext(options);
            await context.Database.UseTransactionAsync(transaction);
            context.AddRange(chunk);
            await context.SaveChangesAsync();
        }

        await transaction.CommitAsync();
        await engine.MoveCountersAsync(connection);
    }
}
