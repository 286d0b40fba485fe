using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Changes.Stall;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Changes;

/// <summary>What a test changed is told in the same words on every engine, whoever changed it.</summary>
/// <param name="engine">The engine.</param>
/// <param name="triggers">Statements that make a new status of an order leave a row in <c>audit</c> and count the customer's shipments.</param>
public abstract class ChangesSpecification(DatabaseUnderTest engine, string triggers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Insert_with_children_is_told()
    {
        await using var database = await CreateAsync();
        await using var context = database.CreateContext();
        var ada = await context.Customers.SingleAsync(customer => customer.Name == "Ada", Cancel);
        var order = new Order
        {
            Customer = ada, Total = 12.50m, PlacedAt = DateTimeOffset.UtcNow, Token = Guid.NewGuid(), Number = Guid.NewGuid().ToString(),
            Notes = new string('x', 300), Label = [1, 2, 3],
        };
        order.Lines.Add(new OrderLine { Product = "Desk", Quantity = 1 });
        order.Lines.Add(new OrderLine { Product = "Lamp", Quantity = 2 });
        order.Tags.Add(await context.Tags.SingleAsync(tag => tag.Code == "urgent", Cancel));
        order.Tags.Add(new Tag { Code = "fragile", Name = "Fragile" });
        context.Add(order);
        context.Add(new Customer { Name = "Linus", Email = "linus@shop.example" });
        context.Add(new Ticket { Subject = "Where is it?", Order = order });
        context.Add(new Ticket { Subject = "Again: where is it?", Order = order });
        await context.SaveChangesAsync(Cancel);

        await database.CheckChangesAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Update_through_a_trigger_is_told()
    {
        await using var database = await CreateAsync();
        await using var context = database.CreateContext();
        (await context.Orders.SingleAsync(order => order.Number == "A-1", Cancel)).Status = OrderStatus.Shipped;
        await context.SaveChangesAsync(Cancel);

        await database.CheckChangesAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Cascading_delete_is_told()
    {
        await using var database = await CreateAsync();
        await using var context = database.CreateContext();
        await context.Customers.Where(customer => customer.Name == "Ada").ExecuteDeleteAsync(Cancel);

        await database.CheckChangesAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Bulk_update_is_told()
    {
        await using var database = await CreateAsync();
        await using var context = database.CreateContext();
        await context.Orders.ExecuteUpdateAsync(set => set.SetProperty(order => order.Total, 1.5m).SetProperty(order => order.Notes, (string?)null), Cancel);

        await database.CheckChangesAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Plain_SQL_through_another_connection_is_told()
    {
        await using var database = await CreateAsync();
        await using var connection = engine.Target.Engine.CreateConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await connection.RunAsync("""
            UPDATE "Customers" SET "Email" = 'new@shop.example', "Name" = 'Grace H.' WHERE "Name" = 'Grace';
            INSERT INTO audit (note) VALUES ('by hand');
            INSERT INTO scribble VALUES ('same', 1), ('same', 1), ('other', NULL);
            DELETE FROM scribble WHERE note = 'kept';
            """);

        await database.CheckChangesAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Edit_of_a_many_to_many_relation_is_told()
    {
        await using var database = await CreateAsync();
        await using var context = database.CreateContext();
        var order = await context.Orders.Include(order => order.Tags).SingleAsync(order => order.Number == "A-1", Cancel);
        order.Tags.Clear();
        order.Tags.Add(await context.Tags.SingleAsync(tag => tag.Code == "urgent", Cancel));
        await context.SaveChangesAsync(Cancel);

        await database.CheckChangesAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Concurrency_conflict_leaves_the_first_change()
    {
        await using var database = await CreateAsync();
        await using var first = database.CreateContext();
        await using var second = database.CreateContext();
        foreach (var (context, name) in new[] { (first, "Ada L."), (second, "Ada B.") })
        {
            var ada = await context.Customers.SingleAsync(customer => customer.Name == "Ada", Cancel);
            (ada.Name, ada.Version) = (name, 2);
        }

        await first.SaveChangesAsync(Cancel);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(Cancel));

        await database.CheckChangesAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Rollback_leaves_nothing()
    {
        await using var database = await CreateAsync();
        await using (var context = database.CreateContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancel);
            context.Add(new Customer { Name = "Gone" });
            await context.SaveChangesAsync(Cancel);
            await context.Tickets.ExecuteDeleteAsync(Cancel);
            await transaction.RollbackAsync(Cancel);
        }

        var changes = await database.CheckChangesAsync(cancellationToken: Cancel);

        Assert.True(changes.IsEmpty);
        changes.AssertNothingElse();
    }

    [Fact]
    public async Task Gap_in_the_keys_does_not_show()
    {
        var texts = new List<string>();
        for (var gap = 0; gap < 2; gap++)
        {
            await using var database = await CreateAsync();
            await using var context = database.CreateContext();
            if (gap == 1)
            {
                context.Add(new Customer { Name = "Passing" });
                await context.SaveChangesAsync(Cancel);
                await context.Customers.Where(customer => customer.Name == "Passing").ExecuteDeleteAsync(Cancel);
            }

            context.Add(new Customer { Name = "Staying" });
            await context.SaveChangesAsync(Cancel);
            texts.Add((await database.ChangesAsync(cancellationToken: Cancel)).ToString());
            await database.CheckChangesAsync(cancellationToken: Cancel);
        }

        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public async Task Change_that_was_taken_back_leaves_nothing()
    {
        await using var database = await CreateAsync();
        await database.RunAsync("""
            UPDATE "Customers" SET "Name" = "Name";
            UPDATE "Customers" SET "Version" = "Version" + 1;
            UPDATE "Customers" SET "Version" = "Version" - 1;
            """);

        Assert.Equal("relocation changes 1\nnothing changed", (await database.ChangesAsync(cancellationToken: Cancel)).ToString());
    }

    [Fact]
    public async Task Change_of_one_column_more_fails_the_check_and_the_assertion()
    {
        await using var database = await CreateAsync();
        await database.RunAsync("""UPDATE "Customers" SET "Name" = 'Ada L.', "Version" = 2, "Shipments" = 1 WHERE "Name" = 'Ada'""");

        var mismatch = await Assert.ThrowsAsync<SnapshotMismatchException>(() => database.CheckChangesAsync(
            snapshot: new SnapshotOptions { Name = "ChangesSpecification.Concurrency_conflict_leaves_the_first_change", ArtifactsFolder = Path.GetTempPath() },
            cancellationToken: Cancel));
        Assert.Contains("shipments: 0 -> 1", mismatch.Message, StringComparison.Ordinal);

        var changes = await database.ChangesAsync(cancellationToken: Cancel);
        var ada = changes.Changed<Customer>().Single();
        Assert.Equal(("\"Ada\"", "\"Ada L.\"", "stall.customer#7"), (ada["name"].Old, ada["name"].New, ada.Identity));
        Assert.Equal("2", ada["version"].New);
        var unexpected = Assert.Throws<UnexpectedChangesException>(changes.AssertNothingElse);
        Assert.Contains("shipments: 0 -> 1", unexpected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada L.", unexpected.Message, StringComparison.Ordinal);
        Assert.Equal("1", ada["shipments"].New);
        changes.AssertNothingElse();
        Assert.Throws<KeyNotFoundException>(() => ada["email"]);
        Assert.Throws<ArgumentException>(() => changes.Added<StallContext>());
        Assert.Throws<ArgumentException>(() => changes.Of("stall.costumer", ChangeKind.Added));
        Assert.Empty(changes.Of("stall.order", ChangeKind.Removed));
    }

    [Fact]
    public async Task Masked_values_are_shown_when_they_are_asked_for()
    {
        await using var database = await CreateAsync();
        await database.RunAsync("""
            UPDATE "Customers" SET "Email" = 'new@shop.example', "Name" = 'Grace H.' WHERE "Name" = 'Grace';
            UPDATE "Orders" SET "PlacedAt" = '2026-05-06 07:08:09+00:00', "Token" = '8F9619FF-8B86-4D01-B42D-00CF4FC964FF' WHERE "Number" = 'A-1';
            """);

        await database.CheckChangesAsync(
            new ChangeOptions { ShowSanitized = true, ShowTimes = true, ShowGuids = true, Volatile = ["stall.customer.name"] }, cancellationToken: Cancel);

        Assert.DoesNotContain("shop.example", (await database.ChangesAsync(cancellationToken: Cancel)).ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(
            () => database.ChangesAsync(new ChangeOptions { Volatile = ["stall.customer.nmae"] }, Cancel));
    }

    [Fact]
    public async Task Changes_since_a_mark_are_told_from_the_rows_as_they_were_then()
    {
        await using var database = await CreateAsync();
        await using var context = database.CreateContext();
        var order = new Order { CustomerId = (int)database.Map.New<Customer, int>(7), Total = 5m, Notes = "first" };
        context.Add(order);
        context.Add(new Customer { Name = "Leaving" });
        context.Add(new Customer { Name = "Staying" });
        await context.SaveChangesAsync(Cancel);
        await database.RunAsync("""UPDATE "Customers" SET "Shipments" = 5 WHERE "Name" = 'Grace'""");
        await database.MarkAsync("before checkout", Cancel);

        order.Notes = "second";
        context.Add(new Customer { Name = "Late" });
        await context.SaveChangesAsync(Cancel);
        await database.RunAsync("""
            DELETE FROM "Customers" WHERE "Name" = 'Leaving';
            UPDATE "Customers" SET "Shipments" = 0 WHERE "Name" = 'Grace';
            UPDATE "Customers" SET "Shipments" = 3 WHERE "Name" = 'Ada';
            """);

        await database.CheckChangesAsync(new ChangeOptions { Since = "before checkout" }, cancellationToken: Cancel);

        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => database.ChangesAsync(new ChangeOptions { Since = "after" }, Cancel));
        Assert.Contains("before checkout", unknown.Message, StringComparison.Ordinal);
        await database.ResetAsync(Cancel);
        await Assert.ThrowsAsync<ArgumentException>(() => database.ChangesAsync(new ChangeOptions { Since = "before checkout" }, Cancel));
        Assert.True((await database.ChangesAsync(cancellationToken: Cancel)).IsEmpty);
    }

    [Fact]
    public async Task Change_of_the_schema_is_said_and_rows_are_told_all_the_same()
    {
        await using var database = await CreateAsync();
        await database.RunAsync("""
            CREATE TABLE later (id int PRIMARY KEY);
            INSERT INTO later VALUES (1);
            ALTER TABLE "Tags" ADD COLUMN extra int;
            UPDATE "Tags" SET "Name" = 'Present' WHERE "Code" = 'gift';
            INSERT INTO scribble VALUES ('new', 2);
            """);

        var changes = await database.ChangesAsync(cancellationToken: Cancel);

        Assert.Contains(changes.Notes, note => note.Contains("later", StringComparison.Ordinal));
        Assert.Equal("\"Present\"", changes.Changed<Tag>().Single()["name"].New);
        Assert.Equal("stall.tag#\"gift\"", changes.Changed<Tag>().Single().Identity);
        Assert.Single(changes.Of("scribble", ChangeKind.Added));
        Assert.Equal(2, changes.Records.Count);
        Assert.Throws<UnexpectedChangesException>(changes.AssertNothingElse);
    }

    [Fact]
    public async Task Emptied_database_is_told_as_removals()
    {
        await using var database = await CreateAsync(new ResetOptions { EmptyBy = EmptyBy.TouchedTables });
        await database.ResetAsync(ResetTo.Empty, Cancel);

        var changes = await database.ChangesAsync(cancellationToken: Cancel);

        Assert.Equal(["stall.customer#7", "stall.customer#9"], changes.Removed<Customer>().Select(record => record.Identity));
        Assert.All(changes.Records, record => Assert.Equal(ChangeKind.Removed, record.Kind));
    }

    [Theory]
    [InlineData(ResetStrategy.Copy)]
    [InlineData(ResetStrategy.Rollback)]
    public async Task Databases_that_do_not_note_touched_rows_say_so(ResetStrategy strategy)
    {
        await using var database = await CreateAsync(new ResetOptions { Strategy = strategy });

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ChangesAsync(cancellationToken: Cancel));

        Assert.Contains("ResetStrategy.UndoLog", exception.Message, StringComparison.Ordinal);
    }

    private Task<TestDatabase<StallContext>> CreateAsync(ResetOptions? reset = null) => StallDatabases.CreateAsync(
        engine.Target,
        $"""
        CREATE TABLE audit (id {engine.CountedKey}, note text);
        CREATE TABLE scribble (note text, number int);
        INSERT INTO scribble VALUES ('kept', 1), ('stays', 2);
        {triggers}
        """,
        reset);
}
