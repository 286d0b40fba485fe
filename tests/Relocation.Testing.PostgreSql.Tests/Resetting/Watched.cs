using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Resetting;
using Relocation.Testing.PostgreSql.Tests.Databases;
using Relocation.Testing.Resetting;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

/// <summary>A database with a baseline, and the way back to it, as a pool has them.</summary>
internal sealed class Watched : IAsyncDisposable
{
    private readonly string? _role;
    private readonly PostgreSqlUnderTest _engine;

    private Watched(PostgreSqlUnderTest engine, string? role, DatabaseLease lease, PostgreSqlUndoLog reset) =>
        (_engine, _role, Lease, Reset) = (engine, role, lease, reset);

    internal DatabaseLease Lease { get; }

    internal PostgreSqlUndoLog Reset { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="fixture">The server.</param>
    /// <param name="schema">Statements that make the tables and fill them.</param>
    /// <param name="asOwner">Whether a role makes and resets it that is no superuser.</param>
    /// <param name="notesRows">Whether rows are noted, not just tables.</param>
    internal static async Task<Watched> CreateAsync(PostgreSqlFixture fixture, string schema, bool asOwner = false, bool notesRows = true)
    {
        var engine = new PostgreSqlUnderTest(fixture.ConnectionString);
        var role = asOwner ? $"relocation_test_{Guid.NewGuid():N}" : null;
        if (role is not null)
        {
            await using var admin = await engine.OpenAsync();
            await admin.RunAsync($"CREATE ROLE {role} LOGIN CREATEDB");
        }

        var server = new NpgsqlConnectionStringBuilder(fixture.ConnectionString);
        server.Username = role ?? server.Username;
        var lease = await PostgreSqlTarget.OnServer(server.ToString()).AcquireAsync(new DatabaseRequest(Keep: false, Patience.Default), Cancel);
        var watched = new Watched(engine, role, lease, new PostgreSqlUndoLog(lease, notesRows));
        await watched.RunAsync(schema);
        await watched.Reset.CaptureAsync(Cancel);
        return watched;
    }

    /// <summary>A connection to it that is not pooled.</summary>
    internal async Task<NpgsqlConnection> OpenAsync(string application = "")
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Lease.ConnectionString) { Pooling = false, ApplicationName = application }.ToString());
        await connection.OpenAsync(Cancel);
        return connection;
    }

    internal async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await connection.RunAsync(sql);
    }

    /// <summary>Runs statements over a connection to the server's own database.</summary>
    internal async Task AdministerAsync(string sql)
    {
        await using var connection = await _engine.OpenAsync();
        await connection.RunAsync(sql);
    }

    internal async Task<string> TextAsync(string sql)
    {
        await using var connection = await OpenAsync();
        return await connection.TextAsync(sql);
    }

    internal Task<Leftovers> LookAsync() => Reset.LookAsync(Cancel);

    internal Task RestoreAsync() => Reset.RestoreAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await Reset.DisposeAsync();
        await Lease.DisposeAsync();
        if (_role is not null)
        {
            await AdministerAsync($"DROP ROLE {_role}");
        }
    }
}
