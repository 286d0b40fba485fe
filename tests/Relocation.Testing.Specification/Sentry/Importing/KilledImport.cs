using System.Data.Common;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>An import that stands at a chosen point when its process, <see cref="KilledProcess"/>, is killed.</summary>
/// <param name="Connection">The connection string.</param>
/// <param name="Backup">The backup's file.</param>
/// <param name="IsResumable">Whether each chunk is committed by itself.</param>
/// <param name="Chunk">The chunk to stand at, or 0.</param>
/// <param name="Statement">The statement to stand at, or 0.</param>
public sealed record KilledImport(string Connection, string Backup, bool IsResumable, int Chunk, int Statement)
{
    private static readonly Guid ImportUuid = new("0d8f2f2e-7b1c-4c43-9d2f-5b8f0c1d2e3f");

    /// <summary>The import's options; the same here and there.</summary>
    internal static SentryImportOptions Options(bool isResumable, ImportStop? stop) => new()
    {
        Clock = new FixedClock(Imports.Now),
        Flags = new SentryImportFlags { ImportUuid = ImportUuid },
        IsResumable = isResumable,
        Stop = stop,
    };

    /// <summary>The point to stop at.</summary>
    internal ImportStop Stop(Action? act) => Chunk > 0 ? ImportStop.AtChunk(Chunk, act) : ImportStop.AtStatement(Statement, act);

    /// <summary>Opens a connection that does not wait for the disk, which outlives a killed process.</summary>
    internal static async Task<DbConnection> OpenAsync(DatabaseEngine engine, string connectionString)
    {
        var connection = engine.CreateConnection(connectionString);
        await connection.OpenAsync();
        if (engine.Name == "SQLite")
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = OFF";
            await command.ExecuteNonQueryAsync();
        }

        return connection;
    }

    /// <summary>Runs the import here.</summary>
    internal async Task<SentryImportResult> RunAsync(DatabaseEngine engine, ImportStop? stop)
    {
        await using var connection = await OpenAsync(engine, Connection);
        return await new SentryImport(engine, Options(IsResumable, stop)).ImportInGlobalScopeAsync(connection, Testing.Backup.FromFile(Backup));
    }
}
