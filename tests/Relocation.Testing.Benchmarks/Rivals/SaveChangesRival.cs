using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Model;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>EF Core's AddRange and SaveChanges, 1,000 entities at a time, all in one transaction.</summary>
/// <param name="givesKeys">
/// Whether the caller hands out the keys, as one does who knows the highest key of each table; else the store does, as it is
/// written most of the time, and references follow EF's temporary keys.
/// </param>
internal sealed class SaveChangesRival(bool givesKeys) : Rival
{
    private const int ChunkSize = 1_000;

    internal override string Name => givesKeys ? "savechanges-keys" : "savechanges";

    internal override string Title => givesKeys ? "the same, keys handed out by the caller" : "EF Core SaveChanges, chunks of 1,000";

    internal override async Task ImportAsync(BenchmarkEngine engine, string connectionString, string file)
    {
        await using var connection = engine.CreateConnection(connectionString);
        await connection.OpenAsync();
        var options = engine.Options(connection);
        var keys = new RowKeys(givesKeys ? await engine.HighestKeysAsync(connection) : null);
        await using var transaction = await connection.BeginTransactionAsync();
        await foreach (var chunk in EntityReader.ReadAsync(file, keys).Chunk(ChunkSize))
        {
            await using var context = new BenchmarkContext(options);
            await context.Database.UseTransactionAsync(transaction);
            context.AddRange(chunk.Select(record => record.Row));
            if (!givesKeys)
            {
                foreach (var entry in context.ChangeTracker.Entries<IRow>())
                {
                    entry.Property(row => row.Id).IsTemporary = true;
                }
            }

            await context.SaveChangesAsync();
            if (!givesKeys)
            {
                foreach (var (row, old) in chunk)
                {
                    keys.Set(row.GetType(), old, row.Id);
                }
            }
        }

        await transaction.CommitAsync();
        if (givesKeys)
        {
            await engine.MoveCountersAsync(connection);
        }
    }
}
