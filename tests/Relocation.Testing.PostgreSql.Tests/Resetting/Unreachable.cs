using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

/// <summary>A database on a server that is not there.</summary>
internal sealed class Unreachable : DatabaseLease
{
    internal override string ConnectionString => "Host=/nowhere/at/all;Username=nobody;Database=nothing";

    internal override bool IsOwn => true;

    internal override Task<KeptDatabase> KeepAsync(KeptPlace place, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
