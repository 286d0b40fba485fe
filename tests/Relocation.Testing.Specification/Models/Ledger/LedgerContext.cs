using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Models.Ledger;

/// <summary>A model that says by annotations and attributes how imports treat it.</summary>
/// <param name="options">Chooses the database.</param>
public sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<Payment> Payments => Set<Payment>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.HasIndex(row => row.Name).IsUnique().IgnoresCase();
            account.HasIndex(row => new { row.Bank, row.Number }).IsUnique().OnCollision(CollisionPolicy.Suffix, nameof(Account.Number));
        });
        modelBuilder.Entity<Invoice>(invoice =>
        {
            invoice.HasKeyPolicy(KeyPolicy.Preserve).OnCollision(CollisionPolicy.Overwrite);
            invoice.HasOne(row => row.Account).WithMany().HasForeignKey(row => row.AccountId).OnUnresolved(UnresolvedReferencePolicy.SetNull);
        });
        modelBuilder.Entity<Payment>().HasOne(row => row.Invoice).WithMany().HasForeignKey(row => row.InvoiceId);
    }
}
