using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Specification;
using Relocation.Testing.Sqlite.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteCacheTests
{
    private readonly Dictionary<string, int> _made = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Template_that_nobody_used_for_a_week_is_made_anew_and_others_stay()
    {
        var run = Guid.NewGuid().ToString("N");
        await CopyAsync($"{run}a", -8);
        await CopyAsync($"{run}b", -6);
        await CopyAsync($"{run}c", -8);
        await CopyAsync($"{run}c", 0);

        // A new template is the moment at which old ones go.
        await CopyAsync($"{run}d", 0);
        foreach (var key in "abcd")
        {
            await CopyAsync($"{run}{key}", 0);
        }

        Assert.Equal([2, 1, 1, 1], "abcd".Select(key => _made[$"{run}{key}"]));
    }

    /// <summary>What killed processes and older versions have left there says nothing that counts.</summary>
    [Theory]
    [Case("load/reuse-timeout")]
    [InlineData("999999999 2026-02-03 04:05:06", "process 999999999, since 2026-02-03 04:05:06 UTC, which has it")]
    [InlineData("", "another process, which has it")]
    [InlineData("12 soon", "another process, which has it")]
    public async Task Holder_of_a_lock_is_named_where_it_has_said_who_it_is(string text, string who)
    {
        await using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.lock");
        await using var held = FileLock.TryHold(path);
        await File.WriteAllTextAsync(path + ".holder", text, Cancel);

        var failure = await Assert.ThrowsAsync<KnownFaultException>(
            () => FileLock.HoldAsync(path, "it", new Patience(TimeSpan.Zero, static _ => { }), TimeProvider.System, Cancel));

        Assert.Equal(DatabaseFault.Locked, failure.Fault.Fault);
        Assert.EndsWith($" for {who}", failure.Fault.Cause, StringComparison.Ordinal);
    }

    private async Task CopyAsync(string key, int days)
    {
        var clock = new DayClock(TimeProvider.System.GetUtcNow().AddDays(days));
        var lease = await SqliteCache.CopyAsync(SqliteTarget.InMemory(), key, FillAsync, new DatabaseRequest(Keep: false, Patience.Default), clock, Cancel);
        await using (lease)
        {
            await using var connection = new SqliteConnection(lease.ConnectionString);
            await connection.OpenAsync(Cancel);
            await using var command = new SqliteCommand("SELECT name FROM made", connection);
            Assert.Equal(key, await command.ExecuteScalarAsync(Cancel));
        }

        async Task FillAsync(DatabaseLease template, CancellationToken cancellationToken)
        {
            _made[key] = _made.GetValueOrDefault(key) + 1;
            await using var connection = new SqliteConnection(template.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new SqliteCommand($"CREATE TABLE made (name text); INSERT INTO made VALUES ('{key}')", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed class DayClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
