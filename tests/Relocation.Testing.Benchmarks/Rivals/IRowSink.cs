namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>Where the bare writer puts its rows.</summary>
internal interface IRowSink : IAsyncDisposable
{
    /// <summary>The rows that follow belong to that table.</summary>
    public void Begin(BareTable table);

    /// <summary>Writes a row.</summary>
    public void Write(long key, ReadOnlySpan<BareValue> values);

    /// <summary>Ends the last table, has foreign keys checked and commits.</summary>
    public Task CompleteAsync();
}
