using System.Data.Common;
using System.Globalization;
using Relocation.Testing.Specification.Sentry.Events;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventBatchTests(PostgreSqlFixture fixture) : EventBatchSpecification(fixture.UnderTest)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Payloads_are_compressed_fast_where_the_server_can_and_what_the_callers_transaction_says_of_it_stays()
    {
        const string Setting = "SELECT current_setting('default_toast_compression', true)";
        await using var database = await fixture.UnderTest.SentryEventsAsync();
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var before = await TextAsync(transaction, Setting);
        var long1 = new EventInput(Shop, Message(string.Join(' ', Enumerable.Range(0, 1_500).Select(number => $"word{number % 70}"))));

        await database.Writer().SaveManyAsync(transaction, [long1], Cancel);

        Assert.Equal(before, await TextAsync(transaction, Setting));
        if (before.Length > 0)
        {
            var fast = await TextAsync(transaction, "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'");
            Assert.Equal(fast == "True" ? "lz4" : before, await TextAsync(transaction, "SELECT pg_column_compression(data) FROM nodestore_node"));
        }
    }

    private static async Task<string> TextAsync(DbTransaction transaction, string sql)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return Convert.ToString(await command.ExecuteScalarAsync(Cancel), CultureInfo.InvariantCulture)!;
    }
}
