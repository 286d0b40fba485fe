using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing.PostgreSql.Tests.Server;

public sealed class ServerLogTests
{
    [Fact]
    public void End_of_a_log_says_each_thing_once_and_shows_nothing_of_statements()
    {
        const string Log = """
            2026-01-01 10:00:00.000 UTC [10] LOG:  database system is ready to accept connections
            2026-01-01 10:00:01.000 UTC [11] FATAL:  terminating connection due to administrator command
            2026-01-01 10:00:01.001 UTC [12] FATAL:  terminating connection due to administrator command
            2026-01-01 10:00:02.000 UTC [13] PANIC:  could not write to file "pg_wal/xlogtemp.13": No space left on device
            2026-01-01 10:00:02.000 UTC [13] STATEMENT:  INSERT INTO person
            	VALUES ('s3cret')
            2026-01-01 10:00:02.000 UTC [13] DETAIL:  Key (name)=(s3cret) already exists.
            2026-01-01 10:00:03.000 UTC [10] LOG:  database system is shut down
            """;

        var lines = ServerLog.EndOf(Log).Split(Environment.NewLine);

        Assert.Collection(
            lines,
            line => Assert.EndsWith("ready to accept connections", line, StringComparison.Ordinal),
            line => Assert.EndsWith("administrator command", line, StringComparison.Ordinal),
            line => Assert.EndsWith("No space left on device", line, StringComparison.Ordinal),
            line => Assert.EndsWith("is shut down", line, StringComparison.Ordinal));
        Assert.Equal(20, ServerLog.EndOf(string.Join('\n', Enumerable.Range(0, 100))).Split(Environment.NewLine).Length);
        Assert.Empty(ServerLog.EndOf(string.Empty));
    }

    [Fact]
    public void Log_that_is_not_there_has_no_end() => Assert.Empty(ServerLog.ReadEnd("/nowhere/log"));
}
