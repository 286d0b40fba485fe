namespace Relocation.Testing;

/// <summary>A value is not what its rule replaces: text, or a date.</summary>
public sealed class SanitizeException : RelocationException
{
    internal SanitizeException(string message, RecordPlace? place)
        : base(message) => Place = place;

    /// <summary>Where the value stands, when it stands in a backup.</summary>
    public RecordPlace? Place { get; }
}
