namespace Relocation.Testing.Engines;

/// <summary>What a target is told of the database that it is to make.</summary>
/// <param name="Keep">Whether a database that was made for the lease stays when the lease ends.</param>
/// <param name="Patience">How long others are waited for.</param>
internal sealed record DatabaseRequest(bool Keep, Patience Patience)
{
    /// <summary>How many databases there may be of its baseline. Default: one.</summary>
    internal int MaxDatabases { get; init; } = 1;

    /// <summary>How many connections a test may open to one of them, beside ours. Default: 2.</summary>
    internal int ConnectionsPerLease { get; init; } = 2;

    /// <summary>What <see cref="DatabaseTemplate.ReserveAsync"/> has reserved for it; null for nothing.</summary>
    internal IAsyncDisposable? Room { get; init; }

    /// <summary>How many connections all of them may take, ours included.</summary>
    internal int Connections => MaxDatabases * (ConnectionsPerLease + 1);
}
