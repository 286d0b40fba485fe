namespace Relocation.Testing.Backups;

/// <summary>Where the parts of a record stand, relative to the text that was scanned.</summary>
internal struct RecordShape
{
    internal int ModelStart;
    internal int ModelEnd;
    internal int KeyStart;
    internal int KeyEnd;
    internal int FieldsStart;
    internal int FieldsEnd;

    /// <summary>Whether a member is missing, doubled, mistyped or unknown, or whether a limit is passed.</summary>
    internal bool IsDefective;

    internal readonly bool HasModel => ModelEnd != 0;

    internal readonly bool HasKey => KeyEnd != 0;

    internal readonly bool HasFields => FieldsEnd != 0;

    /// <summary>The label: what is between the quotes.</summary>
    internal readonly ReadOnlySpan<byte> Label(ReadOnlySpan<byte> text) => text[(ModelStart + 1)..(ModelEnd - 1)];

    /// <summary>The value of <c>pk</c>.</summary>
    internal readonly ReadOnlySpan<byte> Key(ReadOnlySpan<byte> text) => text[KeyStart..KeyEnd];

    /// <summary>The value of <c>fields</c>: an object with its braces, unless the record is defective.</summary>
    internal readonly ReadOnlySpan<byte> Fields(ReadOnlySpan<byte> text) => text[FieldsStart..FieldsEnd];

    /// <summary>Makes the positions relative to a position in the text instead of its start.</summary>
    internal void MoveBack(int position)
    {
        (ModelStart, ModelEnd) = (ModelStart - position, ModelEnd - position);
        (KeyStart, KeyEnd) = (KeyStart - position, KeyEnd - position);
        (FieldsStart, FieldsEnd) = (FieldsStart - position, FieldsEnd - position);
    }
}
