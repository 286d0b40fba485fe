namespace Relocation.Testing.Engines;

/// <summary>The room of databases that nobody else has to share with.</summary>
internal sealed class UnlimitedRoom : IAsyncDisposable
{
    internal static UnlimitedRoom Instance { get; } = new();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
