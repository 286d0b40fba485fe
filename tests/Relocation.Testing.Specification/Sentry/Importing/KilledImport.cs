using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>What a second process of a test assembly does: an import that ends the process (SIGKILL) at a chosen point.</summary>
/// <param name="Connection">The connection string.</param>
/// <param name="Backup">The backup's file.</param>
/// <param name="IsResumable">Whether each chunk is committed by itself.</param>
/// <param name="Chunk">The chunk to end at, or 0.</param>
/// <param name="Statement">The statement to end at, or 0.</param>
public sealed record KilledImport(string Connection, string Backup, bool IsResumable, int Chunk, int Statement)
{
    /// <summary>The environment variable that asks for it.</summary>
    private const string Variable = "RELOCATION_TEST_KILLED_IMPORT";

    /// <summary>128 and the number of SIGKILL, as shells tell it.</summary>
    private const int Killed = 137;

    private static readonly Guid ImportUuid = new("0d8f2f2e-7b1c-4c43-9d2f-5b8f0c1d2e3f");

    /// <summary>Runs the import, if that is what the process is for.</summary>
    public static void RunWhenAsked(DatabaseEngine engine)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } asked)
        {
            JsonSerializer.Deserialize<KilledImport>(asked)!.RunAsync(engine).GetAwaiter().GetResult();
            Environment.Exit(0);
        }
    }

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

    /// <summary>Runs the import in a process of its own.</summary>
    /// <returns>Whether it was killed; else it has ended before.</returns>
    internal async Task<bool> IsKilledAsync(string assembly, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment[Variable] = JsonSerializer.Serialize(this);

        // A process that lives for less than a second need not find out which of its code is worth compiling twice.
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode is 0 or Killed, $"{this} ended with {process.ExitCode}. {await said}{error}");
        return process.ExitCode == Killed;
    }

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

    private async Task RunAsync(DatabaseEngine engine)
    {
        using var self = Process.GetCurrentProcess();
        await RunAsync(engine, Stop(self.Kill));
    }
}
