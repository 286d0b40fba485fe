using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>A database on a server without connections, as a template for copies.</summary>
internal sealed class CreatedTemplate(CreatedDatabase database) : DatabaseTemplate
{
    internal override async Task<DatabaseLease> CopyAsync(DatabaseRequest request, CancellationToken cancellationToken) =>
        await database.CopyAsync(request, cancellationToken).ConfigureAwait(false);

    internal override async Task<IAsyncDisposable?> ReserveAsync(Func<bool> isNeeded, CancellationToken cancellationToken) =>
        await database.ReserveAsync(isNeeded, cancellationToken).ConfigureAwait(false);

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
