using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Ledger;

namespace Relocation.Testing.Specification.Models;

/// <summary>Fluent annotations and attributes of a context decide about keys, collisions and references.</summary>
public abstract class AnnotationSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Context_says_how_imports_treat_its_entities()
    {
        await using var database = await LedgerAsync();
        await database.ImportAsync(
            Backup.FromJson("""
                [
                  {"model": "ledger.account", "pk": 1, "fields": {"name": "Ann", "bank": "A", "number": "1"}},
                  {"model": "ledger.invoice", "pk": 1042, "fields": {"account": 1, "amount": 10}}
                ]
                """),
            null,
            Cancel);

        var result = await database.ImportAsync(
            Backup.FromJson("""
                [
                  {"model": "ledger.account", "pk": 7, "fields": {"name": "ANN", "bank": "B", "number": "2"}},
                  {"model": "ledger.account", "pk": 8, "fields": {"name": "Bob", "bank": "A", "number": "1"}},
                  {"model": "ledger.invoice", "pk": 1042, "fields": {"account": 7, "amount": 20}},
                  {"model": "ledger.invoice", "pk": 1043, "fields": {"account": 99, "amount": 30}},
                  {"model": "ledger.payment", "pk": "0a000000-0000-0000-0000-000000000001", "fields": {"invoice": 1042}},
                  {"model": "ledger.payment", "pk": "0a000000-0000-0000-0000-000000000002", "fields": {"invoice": 1044}}
                ]
                """),
            null,
            Cancel);

        await using var context = database.CreateContext();
        var accounts = await context.Accounts.OrderBy(account => account.Id).ToListAsync(Cancel);
        Assert.Equal(["Ann", "Bob"], accounts.Select(account => account.Name));
        Assert.StartsWith("1-", accounts[1].Number, StringComparison.Ordinal);
        Assert.Equal(
            [(1042, accounts[0].Id, 20m), (1043, null, 30m)],
            (await context.Invoices.OrderBy(invoice => invoice.Id).ToListAsync(Cancel)).Select(invoice => (invoice.Id, invoice.AccountId, invoice.Amount)));
        Assert.Equal(
            [(Guid.Parse("0a000000-0000-0000-0000-000000000001"), 1042)],
            (await context.Payments.ToListAsync(Cancel)).Select(payment => (payment.Id, payment.InvoiceId)));
        Assert.Equal(
            ["ledger.account 1 1 0 0 0", "ledger.invoice 1 0 1 0 1", "ledger.payment 1 0 0 1 0"],
            result.Models.Select(model =>
                $"{model.Model} {model.Inserted} {model.Existing} {model.Overwritten} {model.Dropped} {model.ReferencesSetToNull}"));
    }

    [Fact]
    public async Task Options_go_before_annotations()
    {
        await using var database = await LedgerAsync();
        var options = new ImportOptions
        {
            Models = new Dictionary<ModelLabel, ModelOptions>
            {
                [ModelLabel.Parse("ledger.invoice")] = new()
                {
                    Keys = KeyPolicy.Remap,
                    OnUnresolved = new Dictionary<string, UnresolvedReferencePolicy> { ["account_id"] = UnresolvedReferencePolicy.Drop },
                },
            },
        };

        var result = await database.ImportAsync(
            Backup.FromJson("""
                [
                  {"model": "ledger.invoice", "pk": 1042, "fields": {"account": null, "amount": 20}},
                  {"model": "ledger.invoice", "pk": 1043, "fields": {"account": 99, "amount": 30}}
                ]
                """),
            options,
            Cancel);

        Assert.Equal(1, result.Map.NewKey("ledger.invoice", 1042));
        Assert.Single(result.Dropped);
    }

    private Task<TestDatabase<LedgerContext>> LedgerAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<LedgerContext>
        {
            Target = engine.Target,
            CreateContext = static options => new LedgerContext(options),
        },
        Cancel);
}
