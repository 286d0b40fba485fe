using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Samples.Web;

/// <summary>Users of ASP.NET Core Identity, in tables that the program names.</summary>
/// <param name="options">Chooses the database.</param>
/// <param name="prefix">What the program says of tables.</param>
public sealed class AccountsContext(DbContextOptions<AccountsContext> options, TablePrefix prefix) : IdentityDbContext(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            entity.SetTableName(prefix.Text + entity.GetTableName());
        }
    }
}
