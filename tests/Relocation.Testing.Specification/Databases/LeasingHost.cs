using System.Globalization;

namespace Relocation.Testing.Specification.Databases;

/// <summary>What a second process of a test assembly does: many parallel tests with a lease each, until they end or it is killed.</summary>
public static class LeasingHost
{
    /// <summary>How many tests there are.</summary>
    public const int Tests = 32;

    /// <summary>The environment variable that asks for it: the file that says where the databases are, once all are in use.</summary>
    public const string Report = "RELOCATION_TEST_LEASES";

    /// <summary>The environment variable that says that the tests end by themselves, and that this one is to fail.</summary>
    public const string Ends = "RELOCATION_TEST_LEASES_END";

    /// <summary>Runs the tests, if that is what the process is for.</summary>
    public static void RunWhenAsked(Func<DatabaseTarget> target)
    {
        if (Environment.GetEnvironmentVariable(Report) is { Length: > 0 } report)
        {
            HostProcess.EndWithParent();
            RunAsync(target(), report, int.TryParse(Environment.GetEnvironmentVariable(Ends), out var failing) ? failing : null)
                .GetAwaiter().GetResult();
            Environment.Exit(0);
        }
    }

    private static async Task RunAsync(DatabaseTarget target, string report, int? failing)
    {
        await using var baseline = new SharedBaseline(cancel => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = target,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From((connection, _) => RunAsync(connection, "CREATE TABLE item (id int PRIMARY KEY, name text)")),
                Seed = (connection, _) => RunAsync(connection, "INSERT INTO item VALUES (1, 'baseline')"),
                MaxDatabases = Tests,
            },
            cancel));
        await baseline.StartAsync();
        var all = new TaskCompletionSource();
        var places = new string[Tests];
        var there = 0;
        await Task.WhenAll(Enumerable.Range(0, Tests).Select(test => Task.Run(async () =>
        {
            await using var lease = await baseline.LeaseAsync();
            await using var connection = await lease.Database.OpenConnectionAsync();
            await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO item VALUES (2, 'test {test}')"));
            places[test] = lease.Database.ConnectionString;
            if (Interlocked.Increment(ref there) == Tests)
            {
                await File.WriteAllLinesAsync(report, places);
                if (failing is not null)
                {
                    all.SetResult();
                }
            }

            await all.Task;
            if (test == failing)
            {
                var kept = await lease.KeepAsync("Leases.Failing");
                await File.WriteAllTextAsync(report + ".kept", kept.Message);
            }
        })));
    }

    private static async Task RunAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
