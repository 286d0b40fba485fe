using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Hosting;

/// <summary>A factory of the application's, whose contexts are let in only if they open the test database.</summary>
internal sealed class WatchedFactory<TContext>(IDbContextFactory<TContext> factory, TestDatabase database) : IDbContextFactory<TContext>
    where TContext : DbContext
{
    public TContext CreateDbContext() => database.Entrance.Admit(factory.CreateDbContext());

    public async Task<TContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        database.Entrance.Admit(await factory.CreateDbContextAsync(cancellationToken).ConfigureAwait(false));
}
