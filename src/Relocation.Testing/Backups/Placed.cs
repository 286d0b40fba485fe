namespace Relocation.Testing.Backups;

/// <summary>Something that a result lists, and the number of the place that was asked for it.</summary>
internal sealed record Placed<T>(T Of, int Place)
    where T : class;
