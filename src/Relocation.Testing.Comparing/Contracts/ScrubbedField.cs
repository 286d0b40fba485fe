namespace Relocation.Testing.Comparing.Contracts;

/// <summary>A field that a comparator took out of a record.</summary>
internal readonly record struct ScrubbedField(RecordComparator By, string Field)
{
    /// <summary>What is shown of its value; an absent field shows as a null one.</summary>
    internal string? Shown(ComparedRecord record) => record.TryGetField(Field, out var value) ? By.Shorten(value) : null;
}
