using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Changes.Stall;

namespace Relocation.Testing.Specification.Changes;

/// <summary>A small shop's database, with a table that no model knows and one that has no key.</summary>
internal static class StallDatabases
{
    private const string Json = """
        [
          {"model": "stall.tag", "pk": "gift", "fields": {"name": "Gift"}},
          {"model": "stall.tag", "pk": "urgent", "fields": {"name": "Urgent"}},
          {"model": "stall.customer", "pk": 7, "fields": {"name": "Ada", "email": "ada@shop.example", "shipments": 0, "version": 1}},
          {"model": "stall.customer", "pk": 9, "fields": {"name": "Grace", "email": null, "shipments": 0, "version": 1}},
          {"model": "stall.order", "pk": 41, "fields": {"customer_id": 7, "total": "99.00", "status": "Open", "placed_at": "2026-01-02T03:04:05Z",
            "token": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "number": "A-1", "notes": null, "label": null, "tags": ["gift"],
            "lines": [{"product": "Lamp", "quantity": 1}, {"product": "Bulb", "quantity": 4}]}},
          {"model": "stall.order", "pk": 42, "fields": {"customer_id": 9, "total": "0.99", "status": "Open", "placed_at": "2026-01-03T03:04:05Z",
            "token": "7f9619ff-8b86-4d01-b42d-00cf4fc964ff", "number": "A-2", "notes": "Ring twice", "label": null, "tags": [],
            "lines": [{"product": "Pin", "quantity": 100}]}},
          {"model": "stall.ticket", "pk": "11111111-1111-4111-8111-111111111111", "fields": {"subject": "Late", "order_id": 42}}
        ]
        """;

    internal static Task<TestDatabase<StallContext>> CreateAsync(DatabaseTarget target, string statements, ResetOptions? reset = null) =>
        TestDatabase.CreateAsync(new TestDatabaseOptions<StallContext>
        {
            Target = target,
            Baseline = [Backup.FromJson(Json)],
            Seed = (context, cancellationToken) => context.Database.ExecuteSqlRawAsync(statements, cancellationToken),
            Reset = reset ?? new ResetOptions(),
        });
}
