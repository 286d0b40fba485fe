namespace Relocation.Testing.Keys;

/// <summary>
/// The old keys that one reference of a model holds, by entry index, or by rank while an import collects them; an entry without one holds null.
/// </summary>
internal sealed class ReferenceKeys(string name, ModelLabel target)
{
    internal string Name { get; } = name;

    internal ModelLabel Target { get; } = target;

    /// <summary>
    /// Whether the column says how a field that had to be unique was chosen, in the place of old keys: a text such as <c>kept</c>, or that
    /// text and the value.
    /// </summary>
    internal bool IsChoice => Target == default;

    internal List<RecordKey?> OldKeys { get; } = [];
}
