using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class ServerTemplateTests(PostgreSqlFixture fixture)
{
    private readonly Dictionary<string, int> _made = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Template_that_nobody_used_for_a_week_is_made_anew_and_others_stay()
    {
        var run = Guid.NewGuid().ToString("N")[1..];
        var server = await UserServers.OfProcess.UseAsync(fixture.ConnectionString, Cancel);
        try
        {
            await CopyAsync(server, $"a{run}", -8);
            await CopyAsync(server, $"b{run}", -6);
            await CopyAsync(server, $"c{run}", -8);
            await CopyAsync(server, $"c{run}", 0);

            // A new template is the moment at which old ones go.
            await CopyAsync(server, $"d{run}", 0);
            foreach (var key in "abcd")
            {
                await CopyAsync(server, $"{key}{run}", 0);
            }

            Assert.Equal([2, 1, 1, 1], "abcd".Select(key => _made[$"{key}{run}"]));
        }
        finally
        {
            foreach (var key in "abcd")
            {
                await server.ExecuteAsync($"DROP DATABASE IF EXISTS relocation_template_test_{key}{run}", Cancel);
            }

            await server.ReleaseAsync();
        }
    }

    private async Task CopyAsync(ServerUse server, string key, int days)
    {
        var clock = new DayClock(TimeProvider.System.GetUtcNow().AddDays(days));
        await using var lease = await new ServerTemplates(server, clock).CopyAsync(key, FillAsync, new DatabaseRequest(Keep: false, Patience.Default), Cancel);
        await using var connection = new NpgsqlConnection(lease.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("SELECT name FROM made", connection);
        Assert.Equal(key, await command.ExecuteScalarAsync(Cancel));

        async Task FillAsync(DatabaseLease template, CancellationToken cancellationToken)
        {
            _made[key] = _made.GetValueOrDefault(key) + 1;
            await using var filling = new NpgsqlConnection(template.ConnectionString);
            await filling.OpenAsync(cancellationToken);
            await using var create = new NpgsqlCommand($"CREATE TABLE made (name text); INSERT INTO made VALUES ('{key}')", filling);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed class DayClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
