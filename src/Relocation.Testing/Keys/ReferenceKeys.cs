namespace Relocation.Testing.Keys;

/// <summary>The old keys that one reference of a model holds, by entry index; an entry without one holds null.</summary>
internal sealed class ReferenceKeys(string name, ModelLabel target)
{
    internal string Name { get; } = name;

    internal ModelLabel Target { get; } = target;

    internal List<RecordKey?> OldKeys { get; } = [];
}
