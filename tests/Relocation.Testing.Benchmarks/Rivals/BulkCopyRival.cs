using LinqToDB.Data;
using LinqToDB.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Model;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>linq2db's BulkCopy through its EF Core integration, up to 10,000 entities of one model at a time, in one transaction.</summary>
internal sealed class BulkCopyRival : Rival
{
    private const int ChunkSize = 10_000;

    internal override string Name => "linq2db";

    internal override string Title => "linq2db BulkCopy";

    internal override async Task ImportAsync(BenchmarkEngine engine, string connectionString, string file)
    {
        await using var connection = engine.CreateConnection(connectionString);
        await connection.OpenAsync();
        await using var context = new BenchmarkContext(engine.Options(connection));
        var keys = new RowKeys(await engine.HighestKeysAsync(connection));
        await using var transaction = await connection.BeginTransactionAsync();
        await context.Database.UseTransactionAsync(transaction);
        var chunk = new List<IRow>(ChunkSize);
        await foreach (var (row, _) in EntityReader.ReadAsync(file, keys))
        {
            if (chunk.Count == ChunkSize || (chunk.Count > 0 && chunk[0].GetType() != row.GetType()))
            {
                await CopyAsync(engine, context, chunk);
                chunk.Clear();
            }

            chunk.Add(row);
        }

        await CopyAsync(engine, context, chunk);
        await transaction.CommitAsync();
        await engine.MoveCountersAsync(connection);
    }

    private static Task<BulkCopyRowsCopied> CopyAsync(BenchmarkEngine engine, BenchmarkContext context, List<IRow> chunk) => chunk[0] switch
    {
        Organization => CopyTypedAsync<Organization>(engine, context, chunk),
        Person => CopyTypedAsync<Person>(engine, context, chunk),
        Team => CopyTypedAsync<Team>(engine, context, chunk),
        Membership => CopyTypedAsync<Membership>(engine, context, chunk),
        Project => CopyTypedAsync<Project>(engine, context, chunk),
        Stage => CopyTypedAsync<Stage>(engine, context, chunk),
        ProjectKey => CopyTypedAsync<ProjectKey>(engine, context, chunk),
        Release => CopyTypedAsync<Release>(engine, context, chunk),
        Deploy => CopyTypedAsync<Deploy>(engine, context, chunk),
        Repository => CopyTypedAsync<Repository>(engine, context, chunk),
        Commit => CopyTypedAsync<Commit>(engine, context, chunk),
        Issue => CopyTypedAsync<Issue>(engine, context, chunk),
        Assignment => CopyTypedAsync<Assignment>(engine, context, chunk),
        Comment => CopyTypedAsync<Comment>(engine, context, chunk),
        Label => CopyTypedAsync<Label>(engine, context, chunk),
        IssueLabel => CopyTypedAsync<IssueLabel>(engine, context, chunk),
        Alert => CopyTypedAsync<Alert>(engine, context, chunk),
        AlertAction => CopyTypedAsync<AlertAction>(engine, context, chunk),
        Incident => CopyTypedAsync<Incident>(engine, context, chunk),
        Integration => CopyTypedAsync<Integration>(engine, context, chunk),
        Webhook => CopyTypedAsync<Webhook>(engine, context, chunk),
        Dashboard => CopyTypedAsync<Dashboard>(engine, context, chunk),
        Widget => CopyTypedAsync<Widget>(engine, context, chunk),
        AuditEntry => CopyTypedAsync<AuditEntry>(engine, context, chunk),
        var row => throw new InvalidOperationException($"'{row.GetType().Name}' is none of the benchmark's models."),
    };

    private static Task<BulkCopyRowsCopied> CopyTypedAsync<T>(BenchmarkEngine engine, BenchmarkContext context, List<IRow> chunk)
        where T : class =>
        context.BulkCopyAsync(new BulkCopyOptions { KeepIdentity = true, BulkCopyType = engine.BulkCopyType }, chunk.Cast<T>());
}
