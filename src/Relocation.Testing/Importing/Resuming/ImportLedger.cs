using Relocation.Testing.Importing.Results;
using System.Data.Common;
using System.Globalization;
using Relocation.Testing.Engines;
using Relocation.Testing.Schemas;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>The tables that remember resumable imports, in the database that is imported into.</summary>
/// <remarks>A chunk's row is written in the chunk's transaction, so that it is there exactly when the chunk's rows are.</remarks>
internal sealed class ImportLedger(ImportTransaction transaction, DatabaseEngine engine, Guid importId)
{
    internal const string Imports = "relocation_import";
    internal const string Chunks = "relocation_import_chunk";

    private string Id { get; } = importId.ToString();

    /// <summary>How many chunks of an import a database holds, seen from outside of the import; 0 where it has no ledger.</summary>
    /// <param name="transaction">A transaction of any kind.</param>
    /// <param name="engine">The database's engine.</param>
    /// <param name="importId">The import's identity.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task<int> CountCommittedAsync(
        DbTransaction transaction, DatabaseEngine engine, Guid importId, CancellationToken cancellationToken)
    {
        if (!await ModelSchema.HasTableAsync(transaction, Imports, engine, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        var command = transaction.Connection!.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            command.CommandText = $"SELECT chunks FROM {Imports} WHERE import_id = @p0";
            AddParameters(command, [importId.ToString()]);
            return (int)Number(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) ?? 0);
        }
    }

    /// <summary>Removes what the tables hold of an import; whether there was anything.</summary>
    /// <param name="transaction">A transaction of any kind.</param>
    /// <param name="engine">The database's engine.</param>
    /// <param name="importId">The import's identity.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task<bool> ForgetAsync(
        DbTransaction transaction, DatabaseEngine engine, Guid importId, CancellationToken cancellationToken)
    {
        if (!await ModelSchema.HasTableAsync(transaction, Imports, engine, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var command = transaction.Connection!.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            command.CommandText = $"DELETE FROM {Chunks} WHERE import_id = @p0; DELETE FROM {Imports} WHERE import_id = @p0";
            AddParameters(command, [importId.ToString()]);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
        }
    }

    /// <summary>Makes the tables where they are missing.</summary>
    internal async Task CreateTablesAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            $"CREATE TABLE IF NOT EXISTS {Imports} (import_id varchar(36) PRIMARY KEY, model text NOT NULL, backup varchar(64) NOT NULL, "
            + "options varchar(64) NOT NULL, started_at bigint NOT NULL, chunks integer NOT NULL, is_complete integer NOT NULL)",
            [],
            cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            $"CREATE TABLE IF NOT EXISTS {Chunks} (import_id varchar(36) NOT NULL, number integer NOT NULL, model text, "
            + $"min_ordinal integer, max_ordinal integer, answers {engine.BytesType} NOT NULL, PRIMARY KEY (import_id, number))",
            [],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the ledger says of the import, or null when it does not know it.</summary>
    internal async Task<LedgerEntry?> FindAsync(CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            $"SELECT backup, options, started_at, chunks, is_complete FROM {Imports} WHERE import_id = @p0", [Id], cancellationToken)
            .ConfigureAwait(false);
        return rows is [var row]
            ? new LedgerEntry((string)row[0], (string)row[1], new DateTimeOffset(Number(row[2]), TimeSpan.Zero), (int)Number(row[3]), Number(row[4]) != 0)
            : null;
    }

    internal Task AddAsync(string model, LedgerEntry entry, CancellationToken cancellationToken) => ExecuteAsync(
        $"INSERT INTO {Imports} (import_id, model, backup, options, started_at, chunks, is_complete) VALUES (@p0, @p1, @p2, @p3, @p4, 0, 0)",
        [Id, model, entry.Backup, entry.Options, entry.StartedAt.UtcTicks],
        cancellationToken);

    /// <summary>How many chunks are committed, the preparation included.</summary>
    internal async Task<int> CountChunksAsync(CancellationToken cancellationToken) =>
        (int)Number((await QueryAsync($"SELECT chunks FROM {Imports} WHERE import_id = @p0", [Id], cancellationToken).ConfigureAwait(false))[0][0]);

    /// <summary>The answers of committed chunks.</summary>
    /// <param name="first">The number of the first chunk wanted, from 0.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal async Task<IReadOnlyList<StoredChunk>> ReadChunksAsync(int first, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            $"SELECT model, min_ordinal, max_ordinal, answers FROM {Chunks} WHERE import_id = @p0 AND number >= @p1 ORDER BY number",
            [Id, first],
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new StoredChunk(ChunkOf(row), (byte[])row[3]))];
    }

    /// <summary>Remembers a chunk.</summary>
    internal Task WriteAsync(int number, StoredChunk chunk, bool isLast, CancellationToken cancellationToken) =>
        ExecuteAsync(
            $"INSERT INTO {Chunks} (import_id, number, model, min_ordinal, max_ordinal, answers) VALUES (@p0, @p1, @p2, @p3, @p4, @p5); "
            + $"UPDATE {Imports} SET chunks = @p6, is_complete = @p7 WHERE import_id = @p0",
            [
                Id, number, chunk.Records?.Model.Value, chunk.Records?.FirstOrdinal, chunk.Records?.LastOrdinal, chunk.Answers,
                number + 1, isLast ? 1 : 0,
            ],
            cancellationToken);

    private static ImportedChunk? ChunkOf(object[] row) => row[0] is string model
        ? new ImportedChunk(ModelLabel.Parse(model), (int)Number(row[1]), (int)Number(row[2]))
        : null;

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private async Task ExecuteAsync(string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        var command = Command(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<object[]>> QueryAsync(string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        var rows = new List<object[]>();
        var command = Command(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var row = new object[reader.FieldCount];
                    reader.GetValues(row);
                    rows.Add(row);
                }
            }
        }

        return rows;
    }

    private DbCommand Command(string sql, object?[] values)
    {
        var command = transaction.CreateCommand(sql);
        AddParameters(command, values);
        return command;
    }

    private static void AddParameters(DbCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }
}
