namespace Relocation.Testing.Databases;

/// <summary>One test database's hold on a real one; disposal removes what was made for it.</summary>
internal abstract class DatabaseLease : IAsyncDisposable
{
    /// <summary>A connection string for it.</summary>
    internal abstract string ConnectionString { get; }

    /// <summary>Whether the database was made for this lease, so that nothing of anybody else's can be in it.</summary>
    internal abstract bool IsOwn { get; }

    public abstract ValueTask DisposeAsync();
}
