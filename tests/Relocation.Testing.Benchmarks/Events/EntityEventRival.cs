using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Benchmarks.Events;

/// <summary>EF Core: one context and one <c>SaveChanges</c> an event, all within the batch's transaction; what is looked up is tracked.</summary>
internal sealed class EntityEventRival(Func<DbConnection, DbContextOptions<EventContext>> options) : EventRival
{
    private readonly EventSettings _settings = new(new EventWriterOptions { Clock = new FrozenClock() });

    internal override string Name => "ef";

    internal override string Title => "EF Core, a context an event";

    internal override async Task SaveAsync(DbConnection connection, int number, IReadOnlyList<JsonObject> events)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var contextOptions = options(connection);
        foreach (var data in events)
        {
            await using var context = new EventContext(contextOptions);
            await context.Database.UseTransactionAsync(transaction);
            await new EntityEventSaving(context, _settings).SaveAsync(new EventInput((long)data["project"]!, data));
        }

        await transaction.CommitAsync();
    }
}
